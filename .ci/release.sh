#!/usr/bin/env bash
# Makes what a release consists of, in build/release-VERSION: the sources, the Debian package, the folder for web servers
# where build/web is there, and their checksums. VERSION is that of CMakeLists.txt, and the tree must be committed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's/^project(convscope VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
[ -n "$version" ] || { echo "CMakeLists.txt has no version" >&2; exit 1; }
if [ -n "$(git status --porcelain)" ]; then
  echo "There are changes that are not committed; a release is made of a commit" >&2
  exit 1
fi
if ! grep -q "^## $version" CHANGELOG.md; then
  echo "CHANGELOG.md has no section \"## $version\"" >&2
  exit 1
fi
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

folder=build/release-$version
rm -rf "$folder"
mkdir -p "$folder"
git archive --prefix="convscope-$version/" HEAD | gzip -9n >"$folder/convscope-$version.tar.gz"
.ci/package.sh
cp build/package/*.deb "$folder/"
if [ -e build/web/index.html ]; then
  tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C build \
    --transform="s,^web,convscope-web-$version," -cf - web | gzip -9n >"$folder/convscope-web-$version.tar.gz"
else
  echo "There is no build/web, which ./web.sh makes: the release has no folder for web servers"
fi
(cd "$folder" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS)
