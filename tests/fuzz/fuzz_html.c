/* Feeds bytes to the reader of pages. */
#include "touch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("a.html", data, size);
    return 0;
}
