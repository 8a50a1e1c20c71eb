#!/bin/sh
# The command inside its image, for `kubectl exec`: edit VERB
terminal=false
if [ -t 1 ]; then
  terminal=true
fi
exec java "-Dedit.terminal=$terminal" "-Dedit.columns=${COLUMNS:-100}" -cp '/opt/edit/app/*:/opt/edit/lib/*' dev.edit.cli.Edit "$@"
