#!/bin/bash
# Imports all CSAF documents below a folder from a provider behind a local nginx: directory, changes.csv, a SHA-512 beside each document.
# usage: import.sh DIR [PORT]      (needs nginx)
set -eu
here=$(cd "$(dirname "$0")" && pwd); from=$(realpath "$1"); port=${2:-18085}
w=$(mktemp -d); trap 'kill "$(cat "$w/nginx.pid")" 2>/dev/null || true; rm -rf "$w"' EXIT
chmod 755 "$w"; mkdir -p "$w/logs" "$w/www/white/2026"
python3 - "$from" "$w/www" "$port" <<'P'
import datetime, hashlib, json, os, sys
source, root, port = sys.argv[1:]
seen, now = {}, datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
for folder, _, names in sorted(os.walk(source)):
    for name in sorted(names):
        if not name.endswith(".json"): continue
        data = open(os.path.join(folder, name), "rb").read()
        try: tracking = json.loads(data)["document"]["tracking"]["id"]
        except Exception: continue
        if tracking in seen: continue
        seen[tracking] = path = f"2026/{len(seen):05}.json"
        open(f"{root}/white/{path}", "wb").write(data)
        open(f"{root}/white/{path}.sha512", "w").write(f"{hashlib.sha512(data).hexdigest()}  {path[5:]}\n")
open(f"{root}/white/changes.csv", "w").write("".join(f'"{path}","{now}"\n' for path in seen.values()))
open(f"{root}/white/index.txt", "w").write("\n".join(seen.values()) + "\n")
open(f"{root}/provider-metadata.json", "w").write(json.dumps({"publisher": {"name": "x", "namespace": "https://x.example"}, "distributions": [{"directory_url": f"http://127.0.0.1:{port}/white/"}]}))
print(len(seen), "documents")
P
cat >"$w/nginx.conf" <<C
worker_processes 1; pid $w/nginx.pid; error_log $w/logs/e.log;
events { worker_connections 1024; }
http { access_log off; client_body_temp_path $w/t1; proxy_temp_path $w/t2; fastcgi_temp_path $w/t3; uwsgi_temp_path $w/t4; scgi_temp_path $w/t5;
 keepalive_requests 100000; server { listen 127.0.0.1:$port; root $w/www; etag on; types { application/json json; } } }
C
dotnet build -c Release "$here" >"$w/build.log" 2>&1 || { cat "$w/build.log"; exit 1; }
nginx -c "$w/nginx.conf"
dotnet "$here/bin/Release/net10.0/Kwid.Benchmarks.dll" import "http://127.0.0.1:$port/provider-metadata.json"
