/**
 * Programs that look up a name and knock at a TCP port, for images that bring a shell, python or node. Each is given
 * the name and the port ('' for none), and prints `docker-tutor: <answer> <address>`; nothing where it has no means.
 */

/** A POSIX shell with, of each line, whichever tool is there first. getent asks as programs do; nslookup's exit code tells nothing. */
const shell = String.raw`
say() { echo "docker-tutor: $1 $address"; exit 0; }
has() { command -v "$1" >/dev/null 2>&1; }
named_in_hosts() {
  while read -r ip names; do
    case " $names " in *" $name "*) echo "$ip"; break;; esac
  done </etc/hosts
}
name=$1 port=$2 address=
case $name in *[!0-9.]*) ;; *) address=$name;; esac
case $name in *:*:*) address=$name;; esac
if [ -z "$address" ]; then
  if has getent; then
    found=$(getent hosts "$name") && address=$\{found%%[!0-9a-fA-F.:]*}
  elif [ -r /etc/hosts ] && address=$(named_in_hosts) && [ "$address" ]; then
    :
  elif has nslookup; then
    address=$(nslookup "$name" 2>/dev/null | {
      named=
      while read -r word rest; do
        case $word in
          Name:) named=1;;
          Address*) if [ "$named" ]; then rest=$\{rest#[0-9]*: }; echo "$\{rest%% *}"; break; fi;;
        esac
      done
    })
  elif has ping; then
    found=$(ping -c 1 -W 1 "$name" 2>/dev/null)
    case $found in *\(*\)*) found=$\{found#*\(}; address=$\{found%%\)*};; esac
  else
    exit 0
  fi
  [ "$address" ] || say unresolved
fi
[ "$port" ] || say resolves
judge() {
  case $1 in
    *efused*) say refused;;
    *imed\ out*|*erminated*|*nreachable*|*o\ route*) say silent;;
  esac
}
limit=
has timeout && timeout 2 true 2>/dev/null && limit='timeout 3'
if has nc; then
  said=$($limit nc -zv -w 2 "$address" "$port" 2>&1) && say accepts
  case $said in
    *nvalid\ option*|*nrecognized*|*sage:*)
      said=$($limit nc -w 2 "$address" "$port" </dev/null 2>&1)
      code=$?
      [ $code = 0 ] && say accepts
      judge "$said"
      case $code in 124|143) say accepts;; esac;;
    *) judge "$said";;
  esac
fi
if has bash && [ "$limit" ]; then
  said=$($limit bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$address" "$port" 2>&1)
  code=$?
  [ $code = 0 ] && say accepts
  judge "$said"
  [ $code = 124 ] || [ $code = 143 ] && say silent
fi
if has curl; then
  curl -s -o /dev/null --max-time 2 --connect-timeout 2 "telnet://$address:$port" </dev/null
  case $? in 7) say refused;; 28) say silent;; 0) say accepts;; esac
fi
if has wget; then
  said=$(wget -q -T 2 -O /dev/null "http://$address:$port/" 2>&1) && say accepts
  judge "$said"
  case $said in *HTTP*|*response*|*header*) say accepts;; esac
fi
`.replaceAll('$\\{', '${');

const python = `
import socket, sys
name, port = sys.argv[1], sys.argv[2]
def say(word, address=''): print('docker-tutor:', word, address); sys.exit(0)
try: address = socket.getaddrinfo(name, None)[0][4][0]
except OSError: say('unresolved')
if not port: say('resolves', address)
try: socket.create_connection((address, int(port)), 2).close()
except ConnectionRefusedError: say('refused', address)
except OSError: say('silent', address)
say('accepts', address)
`;

const node = `
const [name, port] = process.argv.slice(1);
const say = (word, address = '') => { console.log('docker-tutor:', word, address); process.exit(0); };
require('dns').lookup(name, (none, address) => {
  if (none) say('unresolved');
  if (!port) say('resolves', address);
  const socket = require('net').connect({ host: address, port: Number(port), timeout: 2000 });
  socket.on('connect', () => say('accepts', address));
  socket.on('timeout', () => say('silent', address));
  socket.on('error', ({ code }) => say(code === 'ECONNREFUSED' ? 'refused' : 'silent', address));
});
`;

export const shellProgram: readonly string[] = ['sh', '-c', shell, 'sh'];
export const pythonProgram: readonly string[] = ['python3', '-c', python];
export const nodeProgram: readonly string[] = ['node', '-e', node];
