# Asks a registry what a tag points to, and writes the digest down: record.sh REGISTRY REPOSITORY TAG
kinds="application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json"
kinds="$kinds, application/vnd.docker.distribution.manifest.list.v2+json"
kinds="$kinds, application/vnd.docker.distribution.manifest.v2+json"

# -S prints the headers of the answer. A registry that cannot be reached just now is asked again.
for pause in 1 1 1 0; do
  answer=$(wget -S -O /dev/null --header "Accept: $kinds" "http://$1/v2/$2/manifests/$3" 2>&1) && break
  case $answer in *" 404 "*) break ;; esac
  sleep $pause
done

digest=$(echo "$answer" | tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" { print $2 }')
if [ -z "$digest" ]; then
  echo "$answer"
  exit 1
fi
echo "DIGEST=$digest" > "$(dirname "$0")/$3.env"
echo "$2:$3 is $digest"
