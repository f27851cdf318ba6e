package org.scorebook.base;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The default file system as a process sees it that is killed: so many changes are made, at the next one and at all later ones
 * nothing happens but a {@link Killed}. Or as it is when it is full: files that are there can be written, new ones cannot.
 */
public final class KilledFiles extends FileSystemProvider {
    /** In the place of the end of the process. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final FileSystem system = new Files();
    private final boolean full;
    private int left;

    /** @param changes that are made before the kill */
    public KilledFiles(int changes) {
        this(changes, false);
    }

    private KilledFiles(int changes, boolean full) {
        left = changes;
        this.full = full;
    }

    /** One with no room. */
    public static KilledFiles full() {
        return new KilledFiles(Integer.MAX_VALUE, true);
    }

    /** The same place, in this file system. */
    public Path at(Path path) {
        return (Path) Proxy.newProxyInstance(
                KilledFiles.class.getClassLoader(), new Class<?>[] {Path.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getFileSystem")) {
                        return system;
                    }
                    Object[] plain = arguments == null ? new Object[0] : arguments.clone();
                    for (int k = 0; k < plain.length; k++) {
                        plain[k] = plain[k] instanceof Path other ? real(other) : plain[k];
                    }
                    try {
                        Object result = method.invoke(path, plain);
                        return result instanceof Path other ? at(other) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Path real(Path path) {
        return path.getFileSystem() == system ? Path.of(path.toString()) : path;
    }

    private void write(Path path, Set<? extends OpenOption> options) throws IOException {
        if (!options.contains(StandardOpenOption.WRITE)) {
            return;
        }
        if (full && !java.nio.file.Files.exists(real(path))) {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
        change();
    }

    private void change() {
        if (left == 0) {
            throw new Killed();
        }
        left--;
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... more)
            throws IOException {
        write(path, options);
        return java.nio.file.Files.newByteChannel(real(path), options, more);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... more)
            throws IOException {
        write(path, options);
        return FileChannel.open(real(path), options, more);
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... more) throws IOException {
        change();
        java.nio.file.Files.createDirectory(real(path), more);
    }

    @Override
    public void delete(Path path) throws IOException {
        change();
        java.nio.file.Files.delete(real(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        change();
        java.nio.file.Files.copy(real(source), real(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change();
        java.nio.file.Files.move(real(source), real(target), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> found = java.nio.file.Files.newDirectoryStream(real(path));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> all = found.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public Path next() {
                        return at(all.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                found.close();
            }
        };
    }

    @Override
    public String getScheme() {
        return "killed";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return at(Path.of(uri.getPath()));
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return java.nio.file.Files.isSameFile(real(one), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return java.nio.file.Files.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return java.nio.file.Files.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path real = real(path);
        real.getFileSystem().provider().checkAccess(real, modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return java.nio.file.Files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return java.nio.file.Files.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        return java.nio.file.Files.readAttributes(real(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
        java.nio.file.Files.setAttribute(real(path), name, value, options);
    }

    private final class Files extends FileSystem {
        @Override
        public FileSystemProvider provider() {
            return KilledFiles.this;
        }

        @Override
        public void close() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return "/";
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return Set.of();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return Set.of();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return Set.of("basic");
        }

        @Override
        public Path getPath(String first, String... more) {
            return at(Path.of(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }
}
