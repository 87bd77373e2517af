# Tests of price.sh. Ends with 1 if one of them fails.
. ./price.sh
ran=0
failed=0

expect() {
  ran=$((ran + 1))
  got=$(price "$1")
  if [ "$got" = "$2" ]; then
    echo "ok      $1 pieces cost $2 euros"
  else
    echo "FAILED  $1 pieces cost $got euros, not $2"
    failed=$((failed + 1))
  fi
}

expect 9 27
expect 10 20

echo "$ran tests, $failed failed"
[ "$failed" = 0 ]
