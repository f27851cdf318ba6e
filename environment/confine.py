#!/usr/bin/env python3
"""Takes from this process what a program that nobody trusts must not have, then becomes that program.

    python3 environment/confine.py [OPTIONS] -- COMMAND...

What needs a namespace of its own (--root, --loopback) must be called in one, as `unshare` or `bwrap` make it.
"""
import argparse
import ctypes
import fcntl
import os
import resource
import socket
import struct
import sys

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC = 1, 2, 4, 32, 4096, 16384
KEPT = MS_NOSUID | MS_NODEV | 8 | 1024 | 2048  # flags of a mount that may be locked; the same numbers in statvfs
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
DEVICES = ("null", "zero", "full", "random", "urandom")
LIBC = ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind="", flags=0, data=""):
    if LIBC.mount(*(text.encode() for text in (source, target, kind)), ctypes.c_ulong(flags), data.encode()):
        number = ctypes.get_errno()
        raise OSError(number, f"cannot mount {target}: {os.strerror(number)}")


def show(source, target):
    """The same file or folder at another place, to be read only."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "a"):
            pass
    mount(source, target, flags=MS_BIND | MS_REC)
    kept = os.statvfs(target).f_flag & KEPT
    mount("none", target, flags=MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | kept)


def enter(options):
    """Makes a file system of what may be seen, and goes into it."""
    root = options.root
    mount("tmpfs", root, "tmpfs", MS_NOSUID, "mode=755")
    for folder in ("proc", "tmp"):
        os.mkdir(f"{root}/{folder}")
    mount("proc", root + "/proc", "proc", MS_NOSUID | MS_NODEV)
    mount("tmpfs", root + "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, f"mode=1777,size={options.disk}")
    for source, target in options.see:
        if os.path.islink(source):
            os.symlink(os.readlink(source), root + target)
        else:
            show(source, root + target)
    for name in DEVICES:
        show(f"/dev/{name}", f"{root}/dev/{name}")
    os.symlink("/proc/self/fd", root + "/dev/fd")
    mount("none", root, flags=MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID)
    os.chroot(root)


def loopback():
    """Lets the machine that this namespace is talk to itself."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh22x", b"lo", 0x49))  # SIOCSIFFLAGS: up, loopback, running


def become(user):
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def forbid_privileges():
    for capability in range(64):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def limits(text):
    name, _, value = text.partition("=")
    return getattr(resource, "RLIMIT_" + name.upper()), int(value)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="confine.py", description="Becomes a program, confined.")
    parser.add_argument("--cgroup", action="append", default=[], help="control group to enter, a folder")
    parser.add_argument("--limit", action="append", type=limits, default=[], help="such as fsize=1000")
    parser.add_argument("--env", action="append", default=None, help="NAME=VALUE; no other variables are left")
    parser.add_argument("--give", nargs=2, action="append", default=[], help="a file, and the user that shall own it")
    parser.add_argument("--user", type=int, help="the number of the user to become")
    parser.add_argument("--root", help="an empty folder, to make a file system in")
    parser.add_argument("--see", nargs=2, action="append", default=[], help="a file or folder, and its place there")
    parser.add_argument("--disk", type=int, help="bytes that can be written there")
    parser.add_argument("--loopback", action="store_true", help="brings the network to oneself up")
    parser.add_argument("--no-privileges", action="store_true", help="none now, and no way to get any")
    parser.add_argument("--folder", help="where to work")
    parser.add_argument("command", nargs="+")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    for group in options.cgroup:
        with open(os.path.join(group, "cgroup.procs"), "w") as processes:
            processes.write("0")
    for path, user in options.give:
        os.chown(path, int(user), int(user))
    if options.loopback:
        loopback()
    if options.root:
        enter(options)
    if options.folder:
        os.makedirs(options.folder, exist_ok=True)
        if options.user is not None:
            os.chown(options.folder, options.user, options.user)
        os.chdir(options.folder)
    for which, value in options.limit:
        resource.setrlimit(which, (value, value))
    if options.no_privileges:
        forbid_privileges()
    if options.user is not None:
        become(options.user)
    environment = os.environ if options.env is None else dict(each.split("=", 1) for each in options.env)
    os.execvpe(options.command[0], options.command, environment)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        print(f"scorebook: {error.strerror or error}: {error.filename or ''}", file=sys.stderr)
        sys.exit(125)
