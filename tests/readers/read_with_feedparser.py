#!/usr/bin/env python3
"""Reads feeds with feedparser and judges what a reader would get.

usage: read_with_feedparser.py FILE…                 each is read without complaint, every entry whole, ids distinct, newest first
       read_with_feedparser.py --conditional URL…    the second request, with either validator, brings 304
"""
import sys
import time

import feedparser


def judge(path):
    with open(path, "rb") as file:
        feed = feedparser.parse(file.read())
    if feed.bozo:
        yield f"feedparser complains: {feed.bozo_exception}"
    if not feed.feed.get("title"):
        yield "the feed has no title"
    if len(feed.entries) < 10:
        yield f"only {len(feed.entries)} entries"
    for entry in feed.entries:
        missing = [field for field in ("id", "link", "title", "summary", "published_parsed") if not entry.get(field)]
        if missing:
            yield f"{entry.get('id')}: no {', '.join(missing)}"
    ids = [entry.get("id") for entry in feed.entries]
    if len(set(ids)) != len(ids):
        yield "an id stands twice"
    dates = [entry.published_parsed for entry in feed.entries if entry.get("published_parsed")]
    if dates != sorted(dates, reverse=True):
        yield "not newest first"
    if dates and max(dates) > time.gmtime(time.time() + 2):
        yield "an entry lies in the future"


def ask_twice(url):
    # The demonstration publishes every few seconds: a version that changes between two requests is no fault, three in a row are.
    for name in ("etag", "modified"):
        for _ in range(3):
            first = feedparser.parse(url)
            second = feedparser.parse(url, **{name: first.get(name)})
            if first.get(name) and second.get("status") == 304:
                break
        else:
            yield f"{name} {first.get(name)}: status {second.get('status')} instead of 304"


def main(arguments):
    judged, places = (ask_twice, arguments[1:]) if arguments[:1] == ["--conditional"] else (judge, arguments)
    faults = [f"{place}: {fault}" for place in places for fault in judged(place)]
    print("\n".join(faults))
    return 1 if faults or not places else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
