/* Feeds bytes to what tells and converts encodings. */
#include "touch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("a.txt", data, size);
    return 0;
}
