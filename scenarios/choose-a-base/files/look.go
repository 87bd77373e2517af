// Tells what is around it. It needs no other file to run, so it runs on every base.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func found(patterns ...string) string {
	for _, pattern := range patterns {
		if names, _ := filepath.Glob(pattern); len(names) > 0 {
			return "yes"
		}
	}
	return "no"
}

func main() {
	bundle, _ := os.ReadFile("/etc/ssl/certs/ca-certificates.crt")
	fmt.Println("shell        ", found("/bin/sh"))
	fmt.Println("bash         ", found("/bin/bash"))
	fmt.Println("glibc        ", found("/lib*/ld-linux*", "/lib/*/ld-linux*"))
	fmt.Println("list of users", found("/etc/passwd"))
	fmt.Println("certificates ", strings.Count(string(bundle), "BEGIN CERTIFICATE"))
}
