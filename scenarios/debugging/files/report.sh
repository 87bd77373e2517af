# What was sold today.
echo "2 teapots sold"
