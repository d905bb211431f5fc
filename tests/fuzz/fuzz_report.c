/* Feeds bytes to the readers of text, as Markdown and as records, too. */
#include "touch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_as("a.txt", data, size);
    read_as("2024-02-30.md", data, size);
    read_as("a.jsonl", data, size);
    return 0;
}
