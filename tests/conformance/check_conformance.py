#!/usr/bin/env python3
"""How well feeds are read: the public conformance suite and the hostile inputs of the shared folder, with the floors that must hold.

    check_conformance.py --shared DIR --kwid 'COMMAND'     COMMAND runs kwid

Prints one line `passed|failed: NAME` for each floor and for each group of hostile cases; exit 1 when one failed.
"""
import argparse, json, os, subprocess, sys, tempfile

# Percent of the cases, and, for parse, of the mean of its groups.
FLOORS = {"parse": 99.0, "consensus": 99.0, "security": 100.0, "extended": 95.0}
PARSE_GROUP_MEAN = 97.0
KEEPS = 98.0
HOSTILE_MEMORY_MB = 400


def say(ok, name):
    print(("passed: " if ok else "failed: ") + name, flush=True)
    return ok


def run_suite(conformance, kwid, box):
    figures, failures = os.path.join(box, "suite.json"), os.path.join(box, "failures.jsonl")
    command = [sys.executable, os.path.join(conformance, "run_suite.py"), "--suite", os.path.join(conformance, "public"), "--name", "kwid",
               "--batch", kwid + " read --batch", "--json", figures, "--failures", failures]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=300)
    if ran.returncode != 0 or not os.path.exists(figures):
        return say(False, "conformance: the suite could not be run (exit %d)" % ran.returncode)
    with open(figures, encoding="utf-8") as file:
        found = json.load(file)
    ok = True
    for suite, floor in FLOORS.items():
        pct = found["suites"][suite]["pct"]
        ok &= say(pct >= floor, "conformance: %s %.1f %% (at least %.0f)" % (suite, pct, floor))
    mean = found["suites"]["parse"]["groupMeanPct"]
    ok &= say(mean >= PARSE_GROUP_MEAN, "conformance: parse, mean of groups %.1f %% (at least %.0f)" % (mean, PARSE_GROUP_MEAN))
    keeps = 100.0 * found["keeps"]["passed"] / found["keeps"]["cases"]
    ok &= say(keeps >= KEEPS, "conformance: harmless text kept %.1f %% (at least %.0f)" % (keeps, KEEPS))
    if not ok:
        with open(failures, encoding="utf-8") as file:
            print("".join("    " + line for line in file if '"choices"' not in line))
    return ok


def run_hostile(conformance, kwid, box):
    results = os.path.join(box, "hostile.json")
    command = [sys.executable, os.path.join(conformance, "run_hostile.py"), "--start-server", "--jobs", "2", "--each", kwid + " read --json {url}", "--json", results]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=900)
    if not os.path.exists(results):
        return say(False, "hostile: the cases could not be run (exit %d)" % ran.returncode)
    with open(results, encoding="utf-8") as file:
        found = json.load(file)
    ok, groups = True, {}
    for case in found:
        groups.setdefault(case["group"], []).append(case)
    for group, cases in groups.items():
        bad = [case for case in cases if not case["ok"] or case["mb"] > HOSTILE_MEMORY_MB]
        for case in bad:
            print("    %s: %s, %d MB" % (case["path"], "; ".join(case["problems"]) or "too much memory", case["mb"]))
        ok &= say(not bad, "hostile: %s, %d cases, at most %d MB, slowest %.1f s" % (group, len(cases), max(c["mb"] for c in cases), max(c["seconds"] for c in cases)))
    return ok


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", required=True)
    parser.add_argument("--kwid", required=True)
    asked = parser.parse_args()
    conformance = os.path.join(asked.shared, "conformance")
    with tempfile.TemporaryDirectory() as box:
        good = run_suite(conformance, asked.kwid, box)
        good &= run_hostile(conformance, asked.kwid, box)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
