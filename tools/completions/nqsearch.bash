# Completion in bash for all programs: options as --help has them, words that they take, queries and topics as
# nqsearch --suggest completes them, from pinyin and initials too.

# _nq_options PROGRAM: one a line, with = where a value follows.
_nq_options()
{
    local line name
    while read -r line; do
        [[ $line == -* ]] || continue
        line=${line%%  *}
        for name in ${line//, / }; do
            name=${name%%\[*}
            [[ $name == -* ]] && echo "${name/=*/=}"
        done
    done < <(LC_ALL=C "$1" --help 2>/dev/null)
}

# _nq_words PROGRAM OPTION: the words that it takes; files where it takes one.
_nq_words()
{
    case ${1##*/}:$2 in
    *:-i | *:--index | *:--dict | *:--backup | *:--copy-to | *:--shard) echo files ;;
    *:--color) echo auto always never ;;
    nqsearch:--kind) echo report reference all past milestone ;;
    nqcheck:--kind) echo report reference all ;;
    nqtopics:--kind) echo term organisation document work word all ;;
    nqsearch:--sort) echo relevance date ;;
    nqtopics:--sort) echo weight passages change first last ;;
    nqcheck:--threshold) echo strict normal lenient ;;
    nqindex:--engine) echo fts5 xapian ;;
    nqtext:--segment) echo search ;;
    nqtext:--reference) echo column ;;
    esac
}

# _nq_suggest PROGRAM WORD: what it may go on to, in the index that the command line names.
_nq_suggest()
{
    local i index=() text
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == @(-i|--index) ]] || continue
        [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
        index=(-i "${COMP_WORDS[i + 1]/#\~/$HOME}")
    done
    while read -r text; do
        [[ $2 == [\"\']* ]] || printf -v text %q "$text"
        COMPREPLY+=("$text")
    done < <("${1/%nqtopics/nqsearch}" --suggest "${index[@]}" -n 20 -- "${2#[\"\']}" 2>/dev/null)
}

_nq()
{
    local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} words i
    COMPREPLY=()
    case $word:$option in # bash parts words at =, too
    =:*) word='' ;;
    *:=) option=${COMP_WORDS[COMP_CWORD - 2]} ;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} == -- ]] && option='' && break
    done
    words=$(_nq_words "$1" "$option")
    if [[ $words == files ]]; then
        compopt -o default # readline's own
    elif [[ $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    elif [[ $option == -n ]] || { [[ $option == --* ]] && _nq_options "$1" | grep -qxe "$option="; }; then
        : # a number, a date, a name
    elif [[ $word == -* && $i -eq COMP_CWORD ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_nq_options "$1")" -- "$word")
        [[ ${COMPREPLY[*]} == *= ]] && compopt -o nospace
    elif [[ ${1##*/} == @(nqindex|nqcheck|nqtext) ]]; then
        compopt -o default
    elif [[ ${1##*/} != nqserve && $word ]]; then
        _nq_suggest "$1" "$word"
    fi
}

complete -F _nq nqsearch nqindex nqcheck nqtopics nqtext nqserve
