# Writes the page with the price, and serves it on port 8000.
. ./price.sh
mkdir -p www
echo "revision $REVISION: 10 pieces cost $(price 10) euros" > www/index.html
exec httpd -f -p 8000 -h www
