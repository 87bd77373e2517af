/** Web servers, and the registry. */
import type { StandIn } from '../images/stand-in.ts';
import { program, pathVariable } from '../images/stand-in.ts';

const nginxConf = `user  nginx;
worker_processes  auto;
error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;
    access_log    /var/log/nginx/access.log;
    sendfile      on;
    keepalive_timeout  65;
    include /etc/nginx/conf.d/*.conf;
}
`;

const nginxSite = `server {
    listen       80;
    listen  [::]:80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const nginxPage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page comes from a stand-in for the image nginx, in docker-tutor's lab.</p>
</body>
</html>
`;

const nginxErrorPage = `<!DOCTYPE html>
<html>
<head><title>Error</title></head>
<body><h1>The server behind this one did not answer.</h1></body>
</html>
`;

const nginxEntrypoint = `#!/bin/sh
set -e
# What is in this folder prepares the server; other commands run as they are.
if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then
  for step in /docker-entrypoint.d/*; do
    case "$step" in
      *.envsh) [ ! -x "$step" ] || . "$step" ;;
      *.sh) [ ! -x "$step" ] || "$step" ;;
    esac
  done
fi
exec "$@"
`;

/** Only variables that are set are put in: \$host and the like are nginx's own. */
const nginxTemplates = `#!/bin/sh
set -e
from="\${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}"
to="\${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}"
suffix="\${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}"
[ -d "$from" ] || exit 0
known=$(awk 'BEGIN { for (name in ENVIRON) if (name ~ /^[A-Za-z_][A-Za-z0-9_]*$/) printf "\${%s} ", name }')
find "$from" -follow -type f -name "*$suffix" | while read -r template; do
  name="\${template#"$from"/}"
  mkdir -p "$(dirname "$to/$name")"
  envsubst "$known" < "$template" > "$to/\${name%"$suffix"}"
done
`;

/** A link to its standard output is what makes a server's log the container's log. */
const nginxScript = `rm -rf /etc/nginx/sites-enabled /etc/nginx/sites-available /etc/nginx/modules-enabled /var/www
mkdir -p /var/log/nginx
ln -sf /dev/stdout /var/log/nginx/access.log
ln -sf /dev/stderr /var/log/nginx/error.log
chown -R nginx:nginx /var/lib/nginx`;

const httpdPrefix = '/usr/local/apache2';

const httpdConf = `ServerRoot "${httpdPrefix}"
Listen 80
ServerName localhost
PidFile /run/httpd.pid
DefaultRuntimeDir /run
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_host_module /usr/lib/apache2/modules/mod_authz_host.so
LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so
LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so
LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so
LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so
LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so
LoadModule env_module /usr/lib/apache2/modules/mod_env.so
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
LoadModule setenvif_module /usr/lib/apache2/modules/mod_setenvif.so
LoadModule status_module /usr/lib/apache2/modules/mod_status.so
User www-data
Group www-data
TypesConfig /etc/mime.types
DocumentRoot "${httpdPrefix}/htdocs"
DirectoryIndex index.html
<Directory />
    AllowOverride none
    Require all denied
</Directory>
<Directory "${httpdPrefix}/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>
ErrorLog /proc/self/fd/2
LogLevel warn
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog /proc/self/fd/1 common
`;

const httpdForeground = `#!/bin/sh
set -e
# A file left from a container that was killed keeps the server from starting.
rm -f /run/httpd.pid
exec httpd -DFOREGROUND "$@"
`;

const httpd = `#!/bin/sh
exec /usr/sbin/apache2 -d ${httpdPrefix} -f conf/httpd.conf "$@"
`;

const registryConfig = `version: 0.1
log:
  fields:
    service: registry
storage:
  cache:
    blobdescriptor: inmemory
  filesystem:
    rootdirectory: /var/lib/registry
http:
  addr: :5000
  headers:
    X-Content-Type-Options: [nosniff]
health:
  storagedriver:
    enabled: true
    interval: 10s
    threshold: 3
`;

const registryEntrypoint = `#!/bin/sh
set -e
# A configuration file alone, or options, are for "registry serve".
case "$1" in
  *.yaml | *.yml) set -- registry serve "$@" ;;
  serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac
exec "$@"
`;

export const webImages: readonly StandIn[] = [
  {
    repository: 'library/nginx',
    summary: 'nginx',
    root: {
      from: 'debian',
      packages: ['nginx', 'gettext-base', 'curl', 'ca-certificates'],
      accounts: [{ name: 'nginx', id: 101, home: '/nonexistent' }],
      files: {
        'docker-entrypoint.sh': program(nginxEntrypoint),
        'docker-entrypoint.d/20-envsubst-on-templates.sh': program(nginxTemplates),
        'etc/nginx/nginx.conf': { text: nginxConf },
        'etc/nginx/conf.d/default.conf': { text: nginxSite },
        'usr/share/nginx/html/index.html': { text: nginxPage },
        'usr/share/nginx/html/50x.html': { text: nginxErrorPage },
      },
      script: nginxScript,
    },
    config: {
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      Env: [pathVariable()],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
  },
  {
    repository: 'library/httpd',
    summary: 'Apache httpd, with htpasswd',
    root: {
      from: 'debian',
      packages: ['apache2-bin', 'apache2-utils', 'media-types'],
      files: {
        'usr/local/apache2/bin/httpd': program(httpd),
        'usr/local/apache2/conf/httpd.conf': { text: httpdConf },
        'usr/local/apache2/htdocs/index.html': { text: '<html><body><h1>It works!</h1></body></html>\n' },
        'usr/local/bin/httpd-foreground': program(httpdForeground),
      },
      script: `mkdir -p ${httpdPrefix}/logs ${httpdPrefix}/cgi-bin
for name in htpasswd htdigest ab rotatelogs; do ln -s "/usr/bin/$name" ${httpdPrefix}/bin/; done
ln -s httpd ${httpdPrefix}/bin/apachectl`,
    },
    config: {
      Cmd: ['httpd-foreground'],
      Env: [pathVariable(`${httpdPrefix}/bin`), `HTTPD_PREFIX=${httpdPrefix}`],
      ExposedPorts: { '80/tcp': {} },
      WorkingDir: httpdPrefix,
      StopSignal: 'SIGWINCH',
    },
  },
  {
    repository: 'library/registry',
    summary: 'the distribution registry, version 2',
    root: {
      from: 'debian',
      packages: ['docker-registry', 'ca-certificates'],
      files: {
        'entrypoint.sh': program(registryEntrypoint),
        'etc/docker/registry/config.yml': { text: registryConfig },
      },
      script: 'ln -s docker-registry /usr/bin/registry\nmkdir -p /var/lib/registry',
    },
    config: {
      Entrypoint: ['/entrypoint.sh'],
      Cmd: ['/etc/docker/registry/config.yml'],
      Env: [pathVariable()],
      ExposedPorts: { '5000/tcp': {} },
      Volumes: { '/var/lib/registry': {} },
    },
  },
];
