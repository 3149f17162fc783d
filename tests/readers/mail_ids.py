#!/usr/bin/env python3
"""Prints feed and entry id of mails that rss2email wrote, one line each: mail_ids.py FILE…"""
import email
import email.policy
import sys

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    print(mail["X-RSS-Feed"], mail["X-RSS-ID"])
