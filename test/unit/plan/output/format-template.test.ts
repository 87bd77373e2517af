/** Go templates as --format has them. Results and errors of the tables were printed by docker 28.2.2. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../src/gotemplate/go-json.ts';
import { typed } from '../../../../src/plan/go-types.ts';
import { TemplateError } from '../../../../src/gotemplate/template-error.ts';
import { render } from '../../../../src/gotemplate/render.ts';
import { formatTemplate } from '../../../../src/plan/output/format-template.ts';

const container = `{
  "Id": "22da4b73094d", "Name": "/web", "RestartCount": 0,
  "State": { "Status": "running", "Running": true, "Pid": 12 },
  "Mounts": [{ "Type": "bind", "Source": "/tmp", "Destination": "/data", "Mode": "ro", "RW": false, "Propagation": "rprivate" }],
  "Config": { "Cmd": ["sh", "-c", "sleep 1"], "Env": null, "Labels": { "b": "2", "a": "1", "10": "x" }, "Volumes": null },
  "HostConfig": { "Memory": 9223372036854775807, "Binds": null, "Dns": [], "NanoCpus": 5 },
  "NetworkSettings": { "Ports": { "80/tcp": [{ "HostIp": "0.0.0.0", "HostPort": "8080" }] },
    "Networks": { "bridge": { "IPAddress": "172.17.0.2", "IPAMConfig": null } } }
}`;

/** As docker inspect -f does it: first with Go's types, then without. */
function inspected(format: string): string {
  const template = formatTemplate(format);
  const value = readJson(container);
  try {
    return render(template, typed(value, 'container'));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return render(template, value, { raw: true });
  }
}

/** Where Go prints an address, 0xc and nine digits are one like another. */
describe('whole structs, as docker inspect -f prints them', () => {
  const networks = '{"NetworkSettings":{"Networks":{"bridge":{"IPAddress":"172.17.0.2","IPAMConfig":null}}}}';
  const image = `{"Config":{"Env":["PATH=/bin"],"Cmd":["/bin/sh"],"WorkingDir":"/"}}`;
  const host = `{"HostConfig":{"Binds":null,"ContainerIDFile":"","LogConfig":{"Type":"json-file","Config":{}},"NetworkMode":"bridge","PortBindings":{},"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3},"AutoRemove":false,"VolumeDriver":"","VolumesFrom":null,"ConsoleSize":[0,0],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"host","Dns":[],"DnsOptions":[],"DnsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"private","Cgroup":"","Links":null,"OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":false,"SecurityOpt":null,"UTSMode":"","UsernsMode":"","ShmSize":67108864,"Runtime":"runc","Isolation":"","CpuShares":0,"Memory":67108864,"NanoCpus":0,"CgroupParent":"","BlkioWeight":0,"BlkioWeightDevice":[],"BlkioDeviceReadBps":[],"BlkioDeviceWriteBps":[],"BlkioDeviceReadIOps":[],"BlkioDeviceWriteIOps":[],"CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,"CpuRealtimeRuntime":0,"CpusetCpus":"","CpusetMems":"","Devices":[],"DeviceCgroupRules":null,"DeviceRequests":null,"MemoryReservation":0,"MemorySwap":134217728,"MemorySwappiness":null,"OomKillDisable":false,"PidsLimit":null,"Ulimits":[],"CpuCount":0,"CpuPercent":0,"IOMaximumIOps":0,"IOMaximumBandwidth":0,"MaskedPaths":["/proc/asound"],"ReadonlyPaths":["/proc/bus"]}}`;

  test.each([
    ['container', networks, '{{.NetworkSettings.Networks}}', 'map[bridge:<address>]'],
    ['image', image, '{{.Config}}', '{{ map[] [PATH=/bin] [] [/bin/sh] map[] / map[]  false} {<nil> [] []}}'],
    [
      'container',
      host,
      '{{.HostConfig}}',
      '{[]  {json-file map[]} bridge map[] {on-failure 3} false  [] [0 0] map[] [] [] host [] [] [] [] [] private  [] 0  false false false [] map[] map[]   67108864 map[] runc  {0 67108864 0  0 [] [] [] [] [] 0 0 0 0   [] [] [] 0 0 0 134217728 <nil> <address> <nil> [] 0 0 0 0} [] [/proc/asound] [/proc/bus] <nil>}',
    ],
  ])('of a %s', (kind, json, format, expected) => {
    const shown = render(formatTemplate(format), typed(readJson(json), kind));
    expect(shown.replace(/0xc[0-9a-f]{9}/g, '<address>')).toBe(expected);
  });
});

describe('a template prints what docker inspect -f prints', () => {
  test.each([
    ['{{.Name}}', '/web'],
    ['{{.State.Status}} {{.State.Pid}} {{.State.Running}}', 'running 12 true'],
    ['{{.ID}} {{.HostConfig.NanoCPUs}}', '22da4b73094d 5'],
    ['{{json .Config.Labels}}', '{"b":"2","a":"1","10":"x"}'],
    ['{{.Config.Labels}}', 'map[10:x a:1 b:2]'],
    ['{{.Config.Labels.zzz}}', '<no value>'],
    ['{{index .Config.Labels "zz"}}|{{index .Config.Labels "a"}}', '|1'],
    ['{{.HostConfig.Binds}} {{.Config.Volumes}} {{.State.Health}}', '[] map[] <nil>'],
    ['{{.HostConfig.Memory}}', '9223372036854775807'],
    ['{{.Mounts}}', '[{bind  /tmp /data  ro false rprivate}]'],
    ['{{.NetworkSettings.Ports}}', 'map[80/tcp:[{0.0.0.0 8080}]]'],
    ['{{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}', '8080'],
    ['{{range $p, $c := .NetworkSettings.Ports}} {{$p}} -> {{(index $c 0).HostPort}} {{end}}', ' 80/tcp -> 8080 '],
    ['{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', '172.17.0.2'],
    [
      '{{.NetworkSettings.Networks.bridge.IPAddress}} {{.NetworkSettings.Networks.nope.IPAddress}}',
      '172.17.0.2 <no value>',
    ],
    ['{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}', 'none'],
    ['{{if .Nope}}{{else if .Name}}b{{end}}', undefined],
    ['{{if eq .State.Status "exited" "running"}}up{{end}}', 'up'],
    ['{{with .State}}{{.Status}}{{else}}no{{end}}', 'running'],
    ['{{range .Config.Env}}x{{else}}none{{end}}', 'none'],
    ['{{range $i, $e := .Config.Cmd}}{{if $i}},{{end}}{{$e}}{{end}}', 'sh,-c,sleep 1'],
    ['{{range .Config.Cmd}}{{if eq . "-c"}}{{break}}{{end}}{{.}}{{end}}', 'sh'],
    ['{{.Config.Cmd}} {{len .Config.Cmd}} {{index .Config.Cmd 0}}', '[sh -c sleep 1] 3 sh'],
    [
      '{{ .Name | upper }} {{pad .Name 2 3}}|{{truncate .Name 3}}|{{split .Name "e"}}|{{join .Config.Cmd "/"}}|{{title "abc def"}}',
      '/WEB   /web   |/we|[/w b]|sh/-c/sleep 1|Abc Def',
    ],
    ['{{println .Name}}x', '/web\nx'],
    [
      '{{printf "%s-%d %q %5d|%-5s|%v %x" .Name .RestartCount "q" 3 "l" true "ab"}}',
      '/web-0 "q"     3|l    |true 6162',
    ],
    ['{{/* c */}}x{{- " y " -}} z', 'x y z'],
    ['a  {{- .RestartCount -}}  b', 'a0b'],
    ['{{eq .RestartCount 0}} {{lt 1 2}} {{and 1 0}} {{or "" "x"}} {{not true}}', 'true true 0 x false'],
    ['{{html "<a>"}} {{js "a"}} {{urlquery "a b"}} {{slice "abc" 1 2}} {{print 1 2 "a"}}', '&lt;a&gt; a a+b b 1 2a'],
    ['{{1.5}} {{0x10}} {{\'a\'}} {{true}} {{1e3}} {{`raw`}}{{"q\\"uo\\t"}}', '1.5 16 97 true 1000 rawq"uo\t'],
    ['{{$x := 1}}{{$x = 2}}{{$x}}', '2'],
    ['{{define "x"}}y{{.}}{{end}}{{template "x" 3}}', 'y3'],
    ['\\t{{.Name}}\\n', '\\t/web\\n'],
    ['{{.Name}}}}', '/web}}'],
    ['{{range 3}}{{.}}{{end}}', '012'],
  ])('%s', (format, printed) => {
    if (printed === undefined) expect(() => inspected(format)).toThrow(/map has no entry/);
    else expect(inspected(format)).toBe(printed);
  });
});

describe('what is wrong with a template is said in Go’s words', () => {
  test.each([
    ['{{.Foo}}', ':1:2: executing "" at <.Foo>: map has no entry for key "Foo"'],
    ['{{.State.Foo}}', ':1:8: executing "" at <.State.Foo>: map has no entry for key "Foo"'],
    ['{{.State.Health.Status}}', ':1:8: executing "" at <.State.Health.Status>: map has no entry for key "Health"'],
    ['{{.Name.Foo}}', ':1:7: executing "" at <.Name.Foo>: can\'t evaluate field Foo in type interface {}'],
    [
      '{{index .Config.Cmd 9}}',
      ':1:2: executing "" at <index .Config.Cmd 9>: error calling index: index out of range: 9',
    ],
    ['{{"a" "b"}}', ':1:2: executing "" at <"a">: can\'t give argument to non-function "a"'],
    ['{{eq 1 "a"}}', ':1:2: executing "" at <eq 1 "a">: error calling eq: incompatible types for comparison'],
    ['{{len 3}}', ':1:2: executing "" at <len 3>: error calling len: len of type int'],
    ['{{len}}', ':1:2: executing "" at <len>: wrong number of args for len: want 1 got 0'],
    ['{{upper 3}}', ':1:8: executing "" at <3>: expected string; found 3'],
    ['{{nil}}', ':1:2: executing "" at <nil>: nil is not a command'],
    ['{{template "x"}}', ':1:11: executing "" at <{{template "x"}}>: template "x" not defined'],
    ['{{foo}}', ':1: function "foo" not defined'],
    ['{{', ':1: unclosed action'],
    ['{{.Id', ':1: unclosed action'],
    ['{{.Id}', ":1: bad character U+007D '}'"],
    ['{{if}}x{{end}}', ':1: missing value for if'],
    ['{{if .Id}}', ':1: unexpected EOF'],
    ['{{end}}', ':1: unexpected {{end}}'],
    ['{{$x}}', ':1: undefined variable "$x"'],
    ['{{break}}', ':1: {{break}} outside {{range}}'],
    ['{{()}}', ':1: missing value for parenthesized pipeline'],
    ['{{"abc}}', ':1: unterminated quoted string'],
    ['{{if true}}{{else}}{{else}}{{end}}', ':1: expected end; found {{else}}'],
    ['{{/* x }}', ':1: unclosed comment'],
    ['{{/*a*/ }}', ':1: comment ends before closing delimiter'],
    ['{{.Names. }}', ':1: unexpected <.> in operand'],
    ['{{&}}', ':1: unexpected "&" in command'],
    ['{{1a}}', ':1: bad number syntax: "1a"'],
    ['a\n{{foo}}', ':2: function "foo" not defined'],
  ])('%s', (format, message) => {
    expect(() => inspected(format)).toThrow(`template: ${message}`);
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{{-',
    '-}}',
    '.',
    '.Name',
    '.Config.Labels',
    '$',
    '$x',
    ':=',
    '=',
    '|',
    '(',
    ')',
    ' ',
    'range',
    'if',
    'with',
    'else',
    'end',
    'define',
    'template',
    'block',
    'break',
    'nil',
    'json',
    'index',
    'len',
    'printf',
    'join',
    'split',
    'slice',
    'eq',
    'and',
    '"x"',
    '"%d%s%v"',
    '`',
    '3',
    '0x',
    '1e9',
    "'a'",
    'true',
    '/*',
    '*/',
    '\n',
    '\\t',
    ',',
  );

  test('is a template, or an error of the template’s own, within a moment', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
          fc.string({ maxLength: 80 }),
          fc.string({ unit: 'binary', maxLength: 40 }),
        ),
        (text) => {
          const started = performance.now();
          try {
            expect(typeof inspected(text)).toBe('string');
          } catch (error) {
            expect(error).toBeInstanceOf(TemplateError);
          }
          expect(performance.now() - started).toBeLessThan(2000);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['a loop of a billion turns', '{{range 1000000000}}x{{end}}'],
    ['loops in loops', '{{range 9999}}{{range 9999}}{{range 9999}}{{end}}{{end}}{{end}}'],
    ['a template that includes itself', '{{define "a"}}{{template "a"}}{{end}}{{template "a"}}'],
    ['a very wide field', '{{pad "x" 999999999 1}}'],
    ['parentheses without end', `{{${'('.repeat(100_000)}`],
    ['blocks without end', '{{if true}}'.repeat(100_000)],
  ])('%s comes to an end', (_, text) => {
    expect(() => inspected(text)).toThrow(TemplateError);
  });

  test('without braces is printed as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('{{')),
        (text) => {
          expect(inspected(text)).toBe(text);
        },
      ),
    );
  });
});
