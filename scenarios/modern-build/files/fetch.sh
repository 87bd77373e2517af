# Downloads what list.txt names from the shop, but for what is in /downloads already. The receipt says what was done.
set -e
httpd -p 8000 -h /shop
while read -r name; do
  if [ -f "/downloads/$name" ]; then
    echo "$name was here" >> receipt
  else
    wget -q -O "/downloads/$name" "http://localhost:8000/$name"
    echo "$name downloaded" >> receipt
  fi
done < list.txt
cat receipt
