/* The pager. */
#include "pager.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NO_SUCH_COMMAND = 127 };

static const char *command(void)
{
    const char *own = getenv("NQ_PAGER"), *general = getenv("PAGER");
    if (own)
        return own;
    if (general)
        return general;
    const char *term = getenv("TERM");
    if (!term || strcmp(term, "dumb") == 0)
        return ""; /* less would first ask whether it shall go on */
    return "if command -v less >/dev/null; then exec less; else exec cat; fi";
}

FILE *pager_open(bool wanted)
{
    const char *pager = command();
    if (!wanted || !isatty(STDOUT_FILENO) || *pager == '\0' || strcmp(pager, "cat") == 0)
        return stdout;
    setenv("LESS", "FRX", 0); /* quit where one screen is enough, let colours through */
    setenv("LESSCHARSET", "utf-8", 0);
    FILE *out = popen(pager, "w");
    if (!out)
        return stdout;
    /* The reader of a pager leaves when he has seen enough; Ctrl-C is the pager's. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    return out;
}

bool pager_close(FILE *out)
{
    if (out == stdout)
        return true;
    int status = pclose(out);
    return !(WIFEXITED(status) && WEXITSTATUS(status) == NO_SUCH_COMMAND);
}
