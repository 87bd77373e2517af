# Says how long its key is and where it came from, never the key itself.
if [ -f "$API_KEY_FILE" ]; then
  key=$(cat "$API_KEY_FILE")
  from="a file"
elif [ -n "$API_KEY" ]; then
  key=$API_KEY
  from="a variable"
else
  echo "no key"
  exit 1
fi
echo "a key of ${#key} characters, from $from"
