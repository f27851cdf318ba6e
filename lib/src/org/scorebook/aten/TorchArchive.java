package org.scorebook.aten;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive for a module without parameters: a zip of stored entries with the module's class as source
 * text and a pickle that makes one instance of it (PyTorch's serialization format, torch/csrc/jit/docs/serialization.md).
 */
final class TorchArchive {
    private static final byte[] PICKLE_PROTOCOL_2 = {(byte) 0x80, 2};
    private static final byte[] EMPTY_TUPLE_STOP = {')', '.'};

    private TorchArchive() {}

    /**
     * @param className name of the class in the source, declared as {@code class NAME(Module)}
     * @param source TorchScript, with the types and attribute lines that PyTorch itself writes
     */
    static byte[] write(String className, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "module/data.pkl", instanceOf(className));
            put(zip, "module/code/__torch__.py", utf8(source));
            put(zip, "module/constants.pkl", join(PICKLE_PROTOCOL_2, EMPTY_TUPLE_STOP));
            put(zip, "module/version", utf8("3\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        }
        return bytes.toByteArray();
    }

    /** The pickle of {@code __torch__.NAME()} with its one attribute, {@code training = True}. */
    private static byte[] instanceOf(String className) {
        byte[] key = utf8("training");
        return join(
                PICKLE_PROTOCOL_2,
                utf8("c__torch__\n" + className + "\n)"), // GLOBAL, then an empty tuple of arguments
                new byte[] {(byte) 0x81, '}', '('}, // NEWOBJ, an empty dict, MARK
                new byte[] {'X', (byte) key.length, 0, 0, 0}, // BINUNICODE with its length
                key,
                new byte[] {(byte) 0x88, 'u', 'b', '.'}); // True, SETITEMS, BUILD, STOP
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** PyTorch maps the file into memory, so nothing may be compressed. */
    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
