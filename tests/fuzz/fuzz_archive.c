/* Feeds bytes to what unpacks: compressed text, archives, DOCX files. */
#include "touch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("a.zip", data, size);
    return 0;
}
