/* A program run as a child process with limits: see child.h. */
#include "ingest/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_STARTED = 127 };

static void limit(int what, rlim_t value)
{
    struct rlimit now = {value, value};
    setrlimit(what, &now);
}

/* In the child: nothing but calls that are safe behind fork. */
static void become(const char *const *argv, int input, int output, struct nq_child_limits limits)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    char *const environment[] = {locale, NULL};
    sigset_t none;
    int nowhere = open("/dev/null", O_WRONLY);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    signal(SIGXCPU, SIG_DFL);
    if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(nowhere, STDERR_FILENO) < 0)
        _exit(NOT_STARTED);
    limit(RLIMIT_CPU, limits.cpu_seconds);
    limit(RLIMIT_AS, limits.memory_bytes);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    alarm(limits.wall_seconds);
    execve(argv[0], (char *const *)argv, environment);
    _exit(NOT_STARTED);
}

static enum nq_status fail(const char *program, struct nq_error *err)
{
    return nq_fail(err, NQ_ERR_INPUT, _("%s: %s"), program, strerror(errno));
}

enum nq_status nq_child_start(struct nq_child *child, const char *const *argv, int input,
                              struct nq_child_limits limits, struct nq_error *err)
{
    int ends[2];
    if (pipe(ends) != 0)
        return fail(argv[0], err);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0)
        become(argv, input, ends[1], limits);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return fail(argv[0], err);
    }
    *child = (struct nq_child){pid, ends[0]};
    return NQ_OK;
}

enum nq_child_end nq_child_finish(struct nq_child *child)
{
    int status = 0;
    pid_t got;
    close(child->output);
    do
        got = waitpid(child->pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return NQ_CHILD_DONE; /* the program ignores its children's ends */
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 0             ? NQ_CHILD_DONE
               : WEXITSTATUS(status) == NOT_STARTED ? NQ_CHILD_MISSING
                                                    : NQ_CHILD_FAILED;
    int signal = WTERMSIG(status);
    return signal == SIGXCPU || signal == SIGALRM || signal == SIGKILL ? NQ_CHILD_LIMITED
                                                                       : NQ_CHILD_CRASHED;
}

enum nq_child_end nq_child_kill(struct nq_child *child)
{
    kill(child->pid, SIGKILL);
    return nq_child_finish(child);
}
