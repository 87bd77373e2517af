/** Stores: Redis and PostgreSQL. */
import type { StandIn } from '../images/stand-in.ts';
import { program, pathVariable } from '../images/stand-in.ts';

const redisEntrypoint = `#!/bin/sh
set -e
# Options alone, and a configuration file, are for redis-server.
case "\${1:-}" in
  -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "$1" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    find . \\! -user redis -exec chown redis '{}' +
    exec setpriv --reuid=redis --regid=redis --clear-groups -- "$0" "$@"
  fi
  umask 0077
  # The network of the containers is the fence here, as in the real image.
  shift
  case "\${1:-}" in
    '' | -*) set -- --protected-mode no "$@" ;;
    *) file="$1"; shift; set -- "$file" --protected-mode no "$@" ;;
  esac
  exec redis-server "$@"
fi
exec "$@"
`;

/** bash: files of /docker-entrypoint-initdb.d that are no programs are sourced, and may use its functions and arrays. */
const postgresEntrypoint = `#!/usr/bin/env bash
set -Eeo pipefail

# A value may come in a file: POSTGRES_PASSWORD_FILE=/run/secrets/db-password.
from_file() {
  local name="$1" file="$1_FILE" otherwise="\${2:-}"
  if [ -n "\${!name:-}" ] && [ -n "\${!file:-}" ]; then
    echo >&2 "error: both $name and $file are set (but are exclusive)"
    exit 1
  fi
  if [ -n "\${!file:-}" ]; then export "$name=$(< "\${!file}")"
  else export "$name=\${!name:-$otherwise}"
  fi
  unset "$file"
}

docker_process_sql() {
  local runner=(psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc)
  [ -z "$POSTGRES_DB" ] || runner+=(--dbname "$POSTGRES_DB")
  PGHOST='' PGHOSTADDR='' "\${runner[@]}" "$@"
}

need_password() {
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
    cat >&2 <<'END'
Error: Database is uninitialized and superuser password is not specified.
       Give the superuser a password, not an empty one: POSTGRES_PASSWORD.
       For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       POSTGRES_HOST_AUTH_METHOD=trust lets everybody in without one: for
       trying out only.
END
    exit 1
  fi
}

# Both are given the server's own options.
make_cluster() {
  local how=()
  eval "how=(\${POSTGRES_INITDB_ARGS:-})"
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\\n' "$POSTGRES_PASSWORD") -D "$PGDATA" "\${how[@]}"
  local method="\${POSTGRES_HOST_AUTH_METHOD:-$(postgres -C password_encryption "$@" -D "$PGDATA")}"
  printf '\\nhost all all all %s\\n' "$method" >> "$PGDATA/pg_hba.conf"
}

first_start() {
  local options=''
  [ $# = 0 ] || options="$(printf '%q ' "$@")"
  PGUSER="\${PGUSER:-$POSTGRES_USER}" pg_ctl -D "$PGDATA" -w start \\
    -o "$options -c listen_addresses='' -p \${PGPORT:-5432}"
  if [ "$POSTGRES_DB" != postgres ]; then
    POSTGRES_DB='' docker_process_sql --dbname postgres --set db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db";'
  fi
  echo
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case "$file" in
      *.sh)
        if [ -x "$file" ]; then echo "$0: running $file"; "$file"
        else echo "$0: sourcing $file"; . "$file"
        fi ;;
      *.sql) echo "$0: running $file"; docker_process_sql -f "$file"; echo ;;
      *.sql.gz) echo "$0: running $file"; gunzip -c "$file" | docker_process_sql; echo ;;
      *'*') ;;
      *) echo "$0: ignoring $file" ;;
    esac
  done
  PGUSER="\${PGUSER:-$POSTGRES_USER}" pg_ctl -D "$PGDATA" -m fast -w stop
  printf '\\nPostgreSQL init process complete; ready for start up.\\n\\n'
}

main() {
  [ "\${1#-}" = "\${1:-}" ] || set -- postgres "$@"
  if [ "$1" != postgres ]; then exec "$@"; fi

  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chmod 0700 "$PGDATA"
    chmod 3777 /var/run/postgresql
    find "$PGDATA" /var/run/postgresql \\! -user postgres -exec chown postgres '{}' +
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$0" "$@"
  fi

  from_file POSTGRES_PASSWORD
  from_file POSTGRES_USER postgres
  from_file POSTGRES_DB "$POSTGRES_USER"
  from_file POSTGRES_INITDB_ARGS
  : "\${POSTGRES_HOST_AUTH_METHOD:=}"
  if [ -s "$PGDATA/PG_VERSION" ]; then
    printf '\\nPostgreSQL Database directory appears to contain a database; Skipping initialization\\n\\n'
  else
    need_password
    make_cluster "\${@:2}"
    export PGPASSWORD="$POSTGRES_PASSWORD"
    first_start "\${@:2}"
    unset PGPASSWORD
  fi
  exec "$@"
}

main "$@"
`;

/**
 * Version numbers are the distribution's: PG_MAJOR is not set, and the programs are linked to a place that is the
 * same for each. llvm only speeds up long queries, and weighs more than all the rest.
 */
const postgresScript = `bin=$(echo /usr/lib/postgresql/*/bin)
ln -s "$bin" /usr/lib/postgresql/bin
sed -i "s/^#\\?listen_addresses.*/listen_addresses = '*'/" /usr/share/postgresql/*/postgresql.conf.sample
localedef -i en_US -c -f UTF-8 en_US.utf8
rm -rf /usr/share/i18n /usr/lib/*/libLLVM* /usr/lib/llvm-* /usr/lib/postgresql/*/lib/llvmjit* /usr/lib/postgresql/*/lib/bitcode
mkdir -p /docker-entrypoint-initdb.d /var/lib/postgresql/data /var/run/postgresql
chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
chmod 0700 /var/lib/postgresql/data
chmod 3777 /var/run/postgresql`;

export const storeImages: readonly StandIn[] = [
  {
    repository: 'library/redis',
    summary: 'redis-server and redis-cli',
    root: {
      from: 'debian',
      packages: ['redis-server'],
      accounts: [{ name: 'redis', id: 999, home: '/nonexistent' }],
      files: { 'usr/local/bin/docker-entrypoint.sh': program(redisEntrypoint) },
      script: 'mkdir -p /data\nchown redis:redis /data\nrm -rf /etc/redis',
    },
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      Env: [pathVariable()],
      ExposedPorts: { '6379/tcp': {} },
      Volumes: { '/data': {} },
      WorkingDir: '/data',
    },
  },
  {
    repository: 'library/postgres',
    summary: "PostgreSQL, in this machine's version",
    root: {
      from: 'debian',
      packages: ['postgresql'],
      accounts: [{ name: 'postgres', id: 999, home: '/var/lib/postgresql', shell: '/bin/bash' }],
      files: {
        'etc/postgresql-common/createcluster.conf': { text: 'create_main_cluster = false\n' },
        'usr/local/bin/docker-entrypoint.sh': program(postgresEntrypoint),
      },
      script: postgresScript,
    },
    config: {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['postgres'],
      Env: [`${pathVariable()}:/usr/lib/postgresql/bin`, 'LANG=en_US.utf8', 'PGDATA=/var/lib/postgresql/data'],
      ExposedPorts: { '5432/tcp': {} },
      Volumes: { '/var/lib/postgresql/data': {} },
      StopSignal: 'SIGINT',
    },
  },
];
