# The price of so many pieces, in euros: 3 each, and 2 each from ten pieces on.
price() {
  echo $(($1 * ($1 >= 10 ? 2 : 3)))
}
