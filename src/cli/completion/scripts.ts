/** Completion scripts for shells. What fits is asked of `docker-tutor __complete` (complete.ts). */

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

// bash 3.2, as macOS has it, knows neither mapfile nor compopt. It breaks words at = and :, which __complete puts together.
const bash = `# docker-tutor completion for bash. Use it now:   source <(docker-tutor completion bash)
# In every shell:  docker-tutor completion bash > ~/.local/share/bash-completion/completions/docker-tutor

_docker_tutor() {
  local written=\${COMP_WORDS[COMP_CWORD]} files=0 value tab=$'\\t'
  [[ $written == '=' ]] && written=
  COMPREPLY=()
  while IFS= read -r value; do
    case $value in
      :0) files=1 ;;
      :*) ;;
      *) COMPREPLY+=("\${value%%"$tab"*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if ((files && \${#COMPREPLY[@]} == 0)); then
    while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$written")
    if type compopt >/dev/null 2>&1; then compopt -o filenames 2>/dev/null; fi
  fi
}

complete -F _docker_tutor docker-tutor
`;

const zsh = `#compdef docker-tutor
# docker-tutor completion for zsh. Use it now:   source <(docker-tutor completion zsh)
# In every shell:  docker-tutor completion zsh > "\${fpath[1]}/_docker-tutor"

_docker-tutor() {
  local line files=0 tab=$'\\t'
  local -a found
  for line in "\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :0) files=1 ;;
      :*|'') ;;
      *$tab*) found+=("\${\${line%%$tab*}//:/\\\\:}:\${line#*$tab}") ;;
      *) found+=("\${line//:/\\\\:}") ;;
    esac
  done
  (( $#found )) && _describe 'docker-tutor' found
  (( files )) && _files
}

if [[ "\${funcstack[1]}" == _docker-tutor ]]; then
  _docker-tutor "$@"
else
  compdef _docker-tutor docker-tutor
fi
`;

const fish = `# docker-tutor completion for fish. Use it now:   docker-tutor completion fish | source
# In every shell:  docker-tutor completion fish > ~/.config/fish/completions/docker-tutor.fish

function __docker_tutor_complete
  set -l words (commandline -opc)
  set -l program $words[1]
  set -e words[1]
  set -l found ($program __complete $words (commandline -ct) 2>/dev/null)
  string match -v -r '^:\\d+$' -- $found
  if contains -- :0 $found
    __fish_complete_path (commandline -ct)
  end
end

complete -c docker-tutor -f -a '(__docker_tutor_complete)'
`;

// PowerShell hands on no empty word, neither as what is to be completed nor, before 7.3, to a program: two quotes stand for one.
const powershell = `# docker-tutor completion for PowerShell. Use it now:   docker-tutor completion powershell | Out-String | Invoke-Expression
# In every shell:  docker-tutor completion powershell >> $PROFILE

Register-ArgumentCompleter -Native -CommandName docker-tutor -ScriptBlock {
  param($written, $line, $cursor)
  $program = $line.CommandElements[0].Extent.Text
  $words = @($line.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursor } | ForEach-Object { $_.Extent.Text })
  $empty = if ($PSVersionTable.PSVersion -lt [version]'7.3' -or $PSNativeCommandArgumentPassing -eq 'Legacy') { '""' } else { '' }
  if ($written -eq '') { $words += $empty }
  $found = @(& $program __complete @words 2>$null)
  foreach ($one in $found | Where-Object { $_ -notmatch '^:\\d+$' }) {
    $value, $means = $one -split "\`t", 2
    if (-not $means) { $means = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $means)
  }
}
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
