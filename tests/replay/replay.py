#!/usr/bin/env python3
"""Two weeks of real CERT-Bund advisories through Kwid: nothing lost, nothing twice, also when it is killed.

usage: replay.py --kwid 'dotnet …/kwid.dll' --docs ../shared/advisories/bsi-wid [--upstream ../shared/upstream/bsi_replay.py] [--kill 6]

Starts the upstream simulator on a free loopback port, steps its clock, and at each step reads the upstream's RSS itself and lets
Kwid poll it. With --kill N, N of the steps first start a poll that is killed (SIGKILL) at a random moment of the time a poll takes, and then poll again.
At the end the feed of one municipality is exported, its archive is followed, and compared with what the upstream showed.
Exit 0: every promise held. 1: one did not, or a command failed. 2: usage.
"""
import argparse
import json
import random
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

ATOM = "{http://www.w3.org/2005/Atom}"
AUTHORITY = "replay.kwid.example,2026"
KEY = "05315000"
WINDOW = 250  # items of the upstream's RSS
LIMIT = 120  # seconds for one command of Kwid
KILLED_AT = 0.3, 1.05  # of a poll's time: the first part is the start of the runtime, nothing can break there
PAUSE = timedelta(seconds=10)
BURST = 20  # new advisories in one poll that ring singly; more become a Sammelmeldung, but for critical ones
DIGEST = "kwid.sammel."
BERLIN = ZoneInfo("Europe/Berlin")
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
KILLED = -signal.SIGKILL


class Upstream:
    """The simulator in a process of its own."""

    def __init__(self, script, docs, start):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.rss = self.base + "/content/public/securityAdvisory/rss"
        self.process = subprocess.Popen(
            [sys.executable, str(script), "--docs", str(docs), "--port", str(self.port), "--at", stamp(start)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._wait_until_ready()

    def _wait_until_ready(self):
        deadline = time.monotonic() + 60
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"the upstream ended: {self.process.stderr.read().strip()}")
            try:
                self.get("/__clock")
                return
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline:
                    self.stop()
                    raise SystemExit("the upstream does not answer after 60 s")
                time.sleep(0.1)

    def get(self, path):
        with urllib.request.urlopen(self.base + path, timeout=30) as reply:
            return reply.read()

    def step_to(self, now):
        self.get("/__clock?at=" + stamp(now))

    def read_rss(self):
        """Id → date of what is visible now."""
        items = ET.fromstring(self.get("/content/public/securityAdvisory/rss")).iter("item")
        return {re.search(r"name=(WID-SEC-[\d-]+)$", i.findtext("link"))[1]: parsedate_to_datetime(i.findtext("pubDate")) for i in items}

    def read_events(self, after, until):
        """Ids of what became visible in (after, until]."""
        events = json.loads(self.get(f"/__events?from={stamp(after)}&to={stamp(until)}"))
        return {event["id"].replace("WID-SEC-W-", "WID-SEC-") for event in events}

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=20)


class Kwid:
    """The program under test and its folder."""

    def __init__(self, command, folder, rss):
        self.command = shlex.split(command)
        self.folder = folder
        self.config = folder / "feeds.config.json"
        self.data = folder / "data"
        self.config.write_text(json.dumps(configuration(rss), ensure_ascii=False, indent=2), encoding="utf-8")

    def arguments(self, verb, now):
        return [*self.command, *verb, "--config", str(self.config), "--data", str(self.data), "--now", stamp(now)]

    def run(self, verb, now):
        return subprocess.run(self.arguments(verb, now), capture_output=True, text=True, timeout=LIMIT, check=False)

    def poll(self, now):
        return self.run(["poll", "--all", "--json"], now)

    def poll_and_kill(self, now, delay):
        """True when the poll was cut short, false when it was done before."""
        with subprocess.Popen(self.arguments(["poll", "--all", "--json"], now), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=delay)
            except subprocess.TimeoutExpired:
                process.kill()
            process.wait(timeout=20)
            return process.returncode == KILLED


class Findings:
    """What was found wrong, each promise with its examples."""

    def __init__(self):
        self.rows = []

    def check(self, promise, wrong):
        wrong = list(wrong)
        self.rows.append((promise, wrong))

    def print(self):
        for promise, wrong in self.rows:
            print(f"  {'ok  ' if not wrong else 'FAIL'}  {promise}")
            for example in wrong[:5]:
                print(f"          {example}")
            if len(wrong) > 5:
                print(f"          … {len(wrong)} in all")
        return not any(wrong for _, wrong in self.rows)


def stamp(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def configuration(rss):
    return {
        "service": {"title": "KWID Wiedergabe", "publicUrl": "https://replay.kwid.example", "authority": AUTHORITY, "listen": "http://localhost:8080"},
        "polling": {"perHostPause": "00:00:00"},
        "network": {"allow": ["127.0.0.1"]},
        "sources": [{"id": "bsi-wid", "name": "BSI CERT-Bund WID", "kind": "feed", "url": rss, "class": "must", "deliver": "always", "language": "de",
                     "tlp": "CLEAR", "attribution": "BSI", "license": "nicht angegeben", "topics": ["Hinweise"], "enabled": True}],
        "recipients": [{"select": "05"}],
    }


class Entry(NamedTuple):
    document: str
    id: str
    advisory: str
    published: datetime
    updated: datetime
    text: str


def read_entries(folder, problems):
    """All entries of the feed and its archive, in the documents' order, newest document first."""
    entries = []
    path = folder / "feeds" / f"{KEY}.atom"
    seen = set()
    while path is not None:
        if path in seen or not path.is_file():
            problems.append(f"{path.relative_to(folder)} is {'linked twice' if path in seen else 'missing'}")
            break
        seen.add(path)
        root = ET.parse(path).getroot()
        for node in root.findall(ATOM + "entry"):
            terms = [c.get("term") for c in node.findall(ATOM + "category") if (c.get("scheme") or "").endswith("advisory")]
            try:
                [advisory] = terms
                entries.append(Entry(path.name, node.findtext(ATOM + "id"), advisory, instant(node.findtext(ATOM + "published")),
                                     instant(node.findtext(ATOM + "updated")), "".join(node.itertext())))
            except (ValueError, AttributeError) as fault:
                problems.append(f"{path.name}: entry {node.findtext(ATOM + 'id')}: advisory categories {terms}; {fault}")
        previous = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "prev-archive"]
        path = folder / "feeds" / KEY / "archive" / previous[0].rsplit("/", 1)[1] if previous else None
    return entries


def days(date):
    """A day of Berlin as people and machines write it."""
    day = date.astimezone(BERLIN)
    return {f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%Y-%m-%d}", f"{day.day}. {MONTHS[day.month - 1]} {day.year}"}


def judge(shown, entries, problems, end, strictly, bursts):
    """shown: id → publication dates the upstream gave it, step by step. bursts: least and most Sammelmeldungen that there may be."""
    findings = Findings()
    findings.check("the feed and its archive are whole, every entry names its advisory", problems)
    digests = [entry for entry in entries if entry.advisory.startswith(DIGEST)]
    entries_of_their_own = [entry for entry in entries if not entry.advisory.startswith(DIGEST)]
    members = Counter(name for digest in digests for name in re.findall(r"\((WID-SEC-[\d-]+)\)</li>", digest.text))
    pattern = re.compile(rf"tag:{re.escape(AUTHORITY)}:{KEY}/([A-Za-z0-9._-]+?)(/r\d+)?")
    findings.check(f"ids are tag:{AUTHORITY}:{KEY}/ADVISORY[/rN] and fit their category",
                   [f"{e.document}: {e.id}, category '{e.advisory}'" for e in entries if not (m := pattern.fullmatch(e.id)) or m[1] != e.advisory])
    advisories = Counter(entry.advisory for entry in entries_of_their_own) + members
    findings.check("nothing lost: every advisory that the upstream showed is there", sorted(set(shown) - set(advisories)))
    findings.check("nothing invented: nothing is there that the upstream never showed", sorted(set(advisories) - set(shown)))
    findings.check("nothing twice: the simulator changes nothing material, so every advisory has one entry, or stands in one Sammelmeldung",
                   [f"{a}: told {n} times" for a, n in advisories.items() if n > 1])
    findings.check(f"a Sammelmeldung stands only where a poll brought more than {BURST}, and there is one where it did",
                   [f"{len(digests)} Sammelmeldungen, but {bursts[0]} to {bursts[1]} bursts"] if not bursts[0] <= len(digests) <= bursts[1] else [])
    pairs = list(zip(entries, entries[1:]))
    findings.check("order: newest first through all documents" + (", no two at the same instant" if strictly else ""),
                   [f"{a.id} ({stamp(a.published)}) stands above {b.id} ({stamp(b.published)})"
                    for a, b in pairs if a.published < b.published or strictly and a.published == b.published])
    findings.check(f"never in the future of the clock ({stamp(end)})",
                   [f"{e.id}: {stamp(max(e.published, e.updated))}" for e in entries if max(e.published, e.updated) > end])
    # A silent change may wait for the next publication, so that what the last step but one showed will do.
    findings.check("updates show in place: the entry tells the upstream's last day",
                   [f"{e.id}: none of {', '.join(sorted(days(shown[e.advisory][-1])))}" for e in entries_of_their_own
                    if len(set(dates := shown.get(e.advisory, []))) > 1 and not any(day in e.text for date in dates[-2:] for day in days(date))])
    return findings


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kwid", required=True, help="command that runs Kwid")
    parser.add_argument("--docs", required=True, type=Path, help="folder of CSAF documents")
    parser.add_argument("--upstream", type=Path, help="bsi_replay.py; default: beside the documents' parent, upstream/bsi_replay.py")
    parser.add_argument("--steps", type=int, default=28)
    parser.add_argument("--hours", type=float, default=12, help="hours of one step")
    parser.add_argument("--start", type=instant, default=instant("2026-03-02T12:00:00Z"))
    parser.add_argument("--kill", type=int, default=0, help="at how many steps a poll is killed first")
    parser.add_argument("--seed", type=int, default=1, help="of the kills")
    options = parser.parse_args()
    script = options.upstream or options.docs.resolve().parent.parent / "upstream" / "bsi_replay.py"
    if not script.is_file() or not options.docs.is_dir():
        print(f"{script} or {options.docs} is missing", file=sys.stderr)
        return 2

    upstream = Upstream(script, options.docs, options.start)
    try:
        with tempfile.TemporaryDirectory(prefix="kwid-replay-") as folder:
            return replay(options, upstream, Kwid(options.kwid, Path(folder), upstream.rss))
    finally:
        upstream.stop()


def replay(options, upstream, kwid):
    dice = random.Random(options.seed)
    doomed = set(dice.sample(range(options.steps), min(options.kill, options.steps)))
    shown, failed, unexpected, miscounted, kills, came = {}, [], [], [], 0, []
    now = before = options.start
    usual = 1.5  # seconds of the last poll that ran to its end
    print(f"{'step':>4}  {'instant':20}  {'visible':>7}  {'first':>5}  {'new':>4}  {'revised':>7}  {'killed':>8}  exit")
    for step in range(options.steps):
        now = options.start + step * timedelta(hours=options.hours)
        upstream.step_to(now)
        visible = upstream.read_rss()
        fresh = visible.keys() - shown.keys()
        came.append(len(fresh))
        for name, date in visible.items():
            shown.setdefault(name, []).append(date)
        events = upstream.read_events(before, now)
        if len(visible) < WINDOW:
            unexpected += [f"{stamp(now)}: {name} became visible, but the RSS lacks it" for name in events - visible.keys()]
            unexpected += [f"{stamp(now)}: {name} is in the RSS, but nothing made it visible" for name in fresh - events if step]

        killed = ""
        if step in doomed:
            delay = dice.uniform(*KILLED_AT) * usual
            was_killed = kwid.poll_and_kill(now, delay)
            killed = f"{delay:.2f} s" if was_killed else "too late"
            kills += was_killed
            # The killed one may have published a moment after its start, and no clock may stand before the last edition.
            now += PAUSE
        began = time.monotonic()
        poll = kwid.poll(now)
        usual = time.monotonic() - began
        source = first_source(poll)
        print(f"{step:>4}  {stamp(now):20}  {len(visible):>7}  {len(fresh):>5}  {source.get('new', '?'):>4}  {source.get('revised', '?'):>7}  {killed:>8}  {poll.returncode}",
              flush=True)
        if poll.returncode != 0 or source.get("error"):
            failed.append(f"{stamp(now)}: poll ended with {poll.returncode}: {source.get('error') or poll.stderr.strip()[-300:]}")
        if step not in doomed and source.get("new") != len(fresh):
            miscounted.append(f"{stamp(now)}: {source.get('new')} new, but the upstream showed {len(fresh)} for the first time")
        before = options.start + step * timedelta(hours=options.hours)

    exported = kwid.folder / "export"
    export = kwid.run(["export", str(exported)], now + PAUSE)
    if export.returncode != 0:
        failed.append(f"export ended with {export.returncode}: {export.stderr.strip()[-300:]}")
    problems = []
    entries = read_entries(exported, problems)
    # The opening is none; at most five times the source's usual is none either, and the usual is at most what came before.
    bursts = (sum(count > max(BURST, 5 * max(came[1:step], default=0)) for step, count in enumerate(came) if step), sum(count > BURST for count in came[1:]))
    findings = judge(shown, entries, problems, now + PAUSE, strictly=not doomed, bursts=bursts)
    findings.check("every command ended with 0 and without an error", failed)
    findings.check("what Kwid counts as new is what the upstream showed for the first time", miscounted)
    findings.check("the simulator's list of events agrees with its RSS", unexpected)
    updates = sum(len(set(dates)) > 1 for dates in shown.values())
    print(f"\n{len(shown)} advisories shown by the upstream ({updates} changed in sight), {len(entries)} entries in {len({e.document for e in entries})} documents, "
          f"{kills} polls killed\n")
    return 0 if findings.print() else 1


def first_source(poll):
    try:
        return json.loads(poll.stdout)["sources"][0]
    except (ValueError, LookupError, TypeError):
        return {}


if __name__ == "__main__":
    sys.exit(main())
