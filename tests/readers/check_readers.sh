#!/usr/bin/env bash
# Real readers against the running demonstration: `check_readers.sh COMMAND…`, where COMMAND runs kwid.
# Two feeds in two formats, asked twice with a pause between, in which new entries and changes come in.
# Prints one line `passed|failed|skipped: NAME` for each check; exit 1 when one failed.
set -euo pipefail

if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND…   (such as: $0 dotnet src/Kwid/bin/Debug/net10.0/kwid.dll)" >&2
    exit 2
fi

pause=${KWID_READERS_PAUSE:-15}
here=$(cd "$(dirname "$0")" && pwd)
box=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
base=http://127.0.0.1:$port
feeds=("$base/feeds/05315000.atom" "$base/feeds/05314000.rss")
kwid=
failures=0

tidy_up() {
    if [ -n "$kwid" ] && kill -0 "$kwid" 2>/dev/null; then
        kill -TERM "$kwid" 2>/dev/null || true
        for _ in $(seq 50); do kill -0 "$kwid" 2>/dev/null || break; sleep 0.2; done
        kill -KILL "$kwid" 2>/dev/null || true
    fi
    rm -rf "$box"
}
trap tidy_up EXIT

# check NAME COMMAND…: passed when the command succeeds; what it said is shown otherwise.
check() {
    local name=$1
    shift
    if "$@" >"$box/said" 2>&1; then
        echo "passed: readers: $name"
    else
        echo "failed: readers: $name"
        tail -n 15 "$box/said" | sed 's/^/    /'
        failures=$((failures + 1))
    fi
}

# check_with TOOL NAME COMMAND…: the same, skipped where the tool is not installed.
check_with() {
    if command -v "$1" >/dev/null; then check "${@:2}"; else echo "skipped: readers: $2 ($1 is not installed)"; fi
}

wait_for_feeds() {
    local url
    for _ in $(seq 240); do
        kill -0 "$kwid" 2>/dev/null || { echo "kwid demo ended:"; cat "$box/kwid.log"; return 1; }
        for url in "${feeds[@]}"; do
            # Into a file: grep -q ends at its first hit, and curl, cut short, would count as failed.
            curl --silent --fail --max-time 5 -o "$box/first" "$url" && grep -qE '<(entry|item)[ >]' "$box/first" || { sleep 0.25; continue 2; }
        done
        return 0
    done
    echo "no entries in ${feeds[*]} after a minute:"
    tail -n 20 "$box/kwid.log"
    return 1
}

fetch_feeds() {
    curl --silent --show-error --fail --max-time 20 -o "$box/feed.atom" "${feeds[0]}"
    curl --silent --show-error --fail --max-time 20 -o "$box/feed.rss" "${feeds[1]}"
}

# Debian's Python has the Debian package; another one may come first in PATH.
python_with_feedparser() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import feedparser' 2>/dev/null; then echo "$python"; return; fi
    done
    echo python-with-feedparser
}

start_newsboat() {
    mkdir -p "$box/newsboat"
    printf '%s\n' "${feeds[@]}" >"$box/newsboat/urls"
    printf 'reload-time 1\nmax-items 0\n' >"$box/newsboat/config"
}

newsboat_says() { HOME=$box timeout 60 newsboat -C "$box/newsboat/config" -u "$box/newsboat/urls" -c "$box/newsboat/cache.db" -x "$@"; }

newsboat_unread() { newsboat_says print-unread | grep -oE '^[0-9]+'; }

newsboat_first() {
    newsboat_says reload
    newsboat_unread >"$box/newsboat/first"
    [ "$(cat "$box/newsboat/first")" -ge 20 ]
}

# A handful more after a few seconds; ids that changed between two requests would double the number.
newsboat_again() {
    local before after
    newsboat_says reload
    before=$(cat "$box/newsboat/first")
    after=$(newsboat_unread)
    echo "unread: $before, then $after"
    [ "$after" -gt "$before" ] && [ "$after" -lt $((before * 2)) ]
}

start_rss2email() {
    mkdir -p "$box/mail"/{new,cur,tmp}
    r2e_says new nobody@localhost
    sed -i "s|^email-protocol = .*|email-protocol = maildir|; s|^maildir-path = .*|maildir-path = $box|; s|^maildir-mailbox = .*|maildir-mailbox = mail|" "$box/r2e.cfg"
    r2e_says add koeln "${feeds[0]}"
    r2e_says add bonn "${feeds[1]}"
}

r2e_says() { HOME=$box timeout 60 r2e -c "$box/r2e.cfg" -d "$box/r2e.json" "$@"; }

mails() { find "$box/mail/new" -type f | wc -l; }

rss2email_first() {
    start_rss2email
    r2e_says run
    mails >"$box/mails"
    echo "$(cat "$box/mails") mails"
    [ "$(cat "$box/mails")" -ge 20 ]
}

# New mail for new entries, none twice: a mail carries its entry's id.
rss2email_again() {
    local twice
    r2e_says run
    echo "mails: $(cat "$box/mails"), then $(mails)"
    [ "$(mails)" -gt "$(cat "$box/mails")" ]
    twice=$(find "$box/mail/new" -type f -exec "$python" "$here/mail_ids.py" {} + | sort | uniq -d)
    echo "twice: $twice"
    [ -z "$twice" ]
}

python=$(python_with_feedparser)
"$@" demo --urls "$base" --data "$box/data" >"$box/kwid.log" 2>&1 &
kwid=$!
check 'the demonstration fills its feeds within a minute' wait_for_feeds
if [ "$failures" -gt 0 ]; then
    sed 's/^/    /' "$box/said"
    exit 1
fi

check 'both feeds are fetched' fetch_feeds
check_with xmllint 'xmllint: Atom is well-formed' xmllint --noout --nonet "$box/feed.atom"
check_with xmllint 'xmllint: RSS is well-formed' xmllint --noout --nonet "$box/feed.rss"
check_with "$python" 'feedparser reads Atom' "$python" "$here/read_with_feedparser.py" "$box/feed.atom"
check_with "$python" 'feedparser reads RSS' "$python" "$here/read_with_feedparser.py" "$box/feed.rss"
check_with "$python" 'feedparser gets 304 by either validator' "$python" "$here/read_with_feedparser.py" --conditional "${feeds[@]}"
start_newsboat
check_with newsboat 'newsboat loads both feeds' newsboat_first
check_with r2e 'rss2email mails both feeds' rss2email_first
sleep "$pause"
check_with newsboat 'newsboat shows what is new and no more' newsboat_again
check_with r2e 'rss2email mails what is new, nothing twice' rss2email_again
check 'the demonstration still runs' kill -0 "$kwid"
[ "$failures" -eq 0 ]
