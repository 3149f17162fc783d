#!/bin/bash
# First and second sweep over the feeds of a folder (*.xml) behind a local nginx: what is installed of sfeed_update and newsboat, then Kwid: the program
# with its store, and the pipeline alone in one process with each store. All in one run: only the ratios count.
# usage: poll.sh DIR [PORT]      (needs nginx; ROUNDS=3 repeats everything; PEERS=0 leaves the others out)
set -eu
here=$(cd "$(dirname "$0")" && pwd); up=$(realpath "$1"); port=${2:-18080}; n=$(find "$up" -maxdepth 1 -name '*.xml' | wc -l)
w=$(mktemp -d); trap 'kill "$(cat "$w/nginx.pid")" 2>/dev/null || true; rm -rf "$w"' EXIT
mkdir -p "$w/logs" "$w/home"
cat >"$w/nginx.conf" <<C
worker_processes 1; pid $w/nginx.pid; error_log $w/logs/e.log;
events { worker_connections 4096; }
http { access_log $w/logs/a.log; client_body_temp_path $w/t1; proxy_temp_path $w/t2; fastcgi_temp_path $w/t3; uwsgi_temp_path $w/t4; scgi_temp_path $w/t5;
 server { listen 127.0.0.1:$port; root $up; etag on; types { application/xml xml; } } }
C
dotnet build -c Release "$here" >"$w/build.log" 2>&1 || { cat "$w/build.log"; exit 1; }
bin="$here/bin/Release/net10.0"
nginx -c "$w/nginx.conf"
export HOME="$w/home"
# timed LABEL COMMAND...: feeds/s, and what nginx answered
timed() {
  local s e c; : >"$w/logs/a.log"; s=$(date +%s.%N)
  timeout 300 "${@:2}" >"$w/out.log" 2>&1 || echo "   ($1: exit $?, $(tail -1 "$w/out.log"))"
  e=$(date +%s.%N); c=$(awk '{print $9}' "$w/logs/a.log" | sort | uniq -c | tr '\n' ' ')
  awk -v n="$n" -v s="$s" -v e="$e" -v l="$1" -v c="$c" 'BEGIN{printf "%-46s %8.2f s  %8.1f feeds/s   (%s)\n", l, e-s, n/(e-s), c}'
}
mkdir -p "$w/home/.newsboat"
{ echo "sfeedpath=\"$w/sf\""; echo "maxjobs=8"; echo "feeds() {"; for f in "$up"/*.xml; do b=$(basename "$f" .xml); echo " feed 'f$b' 'http://127.0.0.1:$port/$b.xml'"; done; echo "}"; } >"$w/sfeedrc"
for f in "$up"/*.xml; do echo "http://127.0.0.1:$port/$(basename "$f")"; done >"$w/home/.newsboat/urls"
echo "reload-threads 8" >"$w/home/.newsboat/config"
{
  echo '{ "service": { "title": "KWID", "publicUrl": "http://127.0.0.1:8080", "authority": "bench.example,2026", "listen": "http://127.0.0.1:8080" },'
  echo '  "polling": { "perHostPause": "00:00:00" }, "network": { "allow": ["127.0.0.1"] }, "recipients": [], "sources": ['
  for f in "$up"/*.xml; do b=$(basename "$f" .xml); echo "    { \"id\": \"f$b\", \"kind\": \"feed\", \"url\": \"http://127.0.0.1:$port/$b.xml\", \"class\": \"normal\", \"deliver\": \"always\", \"tlp\": \"CLEAR\" },"; done
  echo '  ] }'
} >"$w/feeds.config.json"
kwid() { timed "$1" dotnet "$bin/kwid.dll" poll --all --config "$w/feeds.config.json" --data "$w/data"; }
for round in $(seq "${ROUNDS:-1}"); do
  if [ "${PEERS:-1}" = 1 ]; then
    rm -rf "$w/sf" "$w/home/.newsboat/cache.db"; mkdir -p "$w/sf"
    if command -v sfeed_update >/dev/null; then timed "sfeed_update, first" sfeed_update "$w/sfeedrc"; timed "sfeed_update, again" sfeed_update "$w/sfeedrc"; fi
    if command -v newsboat >/dev/null; then timed "newsboat, first" newsboat -x reload; timed "newsboat, again" newsboat -x reload; fi
  fi
  rm -rf "$w/data"
  kwid "kwid poll --all, LiteDB and edition, first"; kwid "kwid poll --all, LiteDB and edition, again"
  dotnet "$bin/kwid.dll" serve --config "$w/feeds.config.json" --data "$w/data" --urls "http://127.0.0.1:$((port + 1))" >"$w/serve.log" 2>&1 & served=$!
  for _ in $(seq 100); do curl -sf -o "$w/o" "http://127.0.0.1:$((port + 1))/readyz" && break; sleep 0.2; done; sleep 3
  kwid "kwid poll --all, by the running service, again"
  kill "$served"; wait "$served" 2>/dev/null || true
  dotnet "$bin/Kwid.Benchmarks.dll" poll "http://127.0.0.1:$port/" "$n"
done
