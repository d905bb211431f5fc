# Completion in fish for all programs: options and what they do as --help tells, words that they take, queries and topics as
# nqsearch --suggest completes them.

# What an option of a program takes, one a line.
function __nq_words --argument-names program option
    switch $program:$option
        case '*:-i' '*:--index' '*:--dict' '*:--backup' '*:--copy-to' '*:--shard'
            __fish_complete_path (commandline -ct | string replace -r '^--[a-z-]+=' '')
        case '*:--color'
            printf '%s\n' auto always never
        case nqsearch:--kind
            printf '%s\n' report reference all past milestone
        case nqcheck:--kind
            printf '%s\n' report reference all
        case nqtopics:--kind
            printf '%s\n' term organisation document work word all
        case nqsearch:--sort
            printf '%s\n' relevance date
        case nqtopics:--sort
            printf '%s\n' weight passages change first last
        case nqcheck:--threshold
            printf '%s\n' strict normal lenient
        case nqindex:--engine
            printf '%s\n' fts5 xapian
        case nqtext:--segment
            echo search
        case nqtext:--reference
            echo column
    end
end

# Options with what they do; = behind those that take a value.
function __nq_options --argument-names command
    for line in ($command --help 2>/dev/null | string replace -rf '^ +(-.*)' '$1')
        set -l halves (string split -m 1 '  ' -- $line)
        for name in (string split ', ' -- $halves[1])
            printf '%s\t%s\n' (string replace -r '(^--[a-z-]+=|^[^[ ]+).*' '$1' -- $name) (string trim -- $halves[2])
        end
    end
end

function __nq_complete
    set -l typed (commandline -ct)
    set -l before (commandline -opc)
    set -l command $before[1]
    set -l program (basename $command)
    set -l given (string match -r '^(--[a-z-]+)=' -- $typed)
    if set -q given[2]
        printf '%s\n' $given[1](__nq_words $program $given[2])
    else if contains -- "$before[-1]=" (__nq_options $command | string split -f 1 \t); or contains -- $before[-1] -i -n
        __nq_words $program $before[-1]
    else if string match -q -- '-*' $typed; and not contains -- -- $before
        __nq_options $command
    else if contains -- $program nqindex nqcheck nqtext
        __fish_complete_path $typed
    else if test $program != nqserve; and test -n "$typed"
        set -l index
        for i in (seq 2 (count $before))
            string match -qr '^(-i|--index)$' -- $before[$i]; and set index -i $before[(math $i + 1)]
            set -l path (string match -r '^--index=(.*)' -- $before[$i]); and set index -i $path[2]
        end
        set command (string replace -r 'nqtopics$' nqsearch -- $command)
        $command --suggest $index -n 20 -- $typed 2>/dev/null
    end
end

for program in nqsearch nqindex nqcheck nqtopics nqtext nqserve
    complete -c $program -f -a '(__nq_complete)'
end
