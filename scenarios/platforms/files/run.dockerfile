FROM hello-world:linux
RUN ["/hello"]
