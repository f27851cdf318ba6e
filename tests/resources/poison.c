/*
 * Memory for arrays that holds NaN where nothing was written to it: what passes under it depends on no memory that it has not
 * filled itself. PyTorch and oneDNN take their arrays from posix_memalign.
 *
 *   cc -O1 -shared -fPIC poison.c -o poison.so -ldl; LD_PRELOAD=./poison.so java ...
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

typedef int allocator(void **, size_t, size_t);

int posix_memalign(void **memory, size_t alignment, size_t size) {
    static allocator *original;
    if (original == NULL) {
        original = (allocator *) dlsym(RTLD_NEXT, "posix_memalign");
    }
    int failure = original(memory, alignment, size);
    if (!failure) {
        memset(*memory, 0xFF, size);
    }
    return failure;
}
