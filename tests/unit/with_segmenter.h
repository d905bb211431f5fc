/* A group of tests with a segmenter of the dictionary alone. */
#ifndef NQ_TESTS_WITH_SEGMENTER_H
#define NQ_TESTS_WITH_SEGMENTER_H

#include "text/segment.h"

static struct nq_segmenter *segmenter;

static int set_up(void **state)
{
    (void)state;
    return nq_segmenter_create(NULL, &segmenter, NULL) == NQ_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    nq_segmenter_destroy(segmenter);
    return 0;
}

#endif
