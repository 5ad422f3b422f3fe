# fetch_photos FOLDER: photographs for the tests, taken out of a Debian package without installing it.
# Sourced by test.sh; what was fetched once is kept.
fetch_photos() {
  local folder=$1 package=python3-skimage
  local photos=(camera.png astronaut.png)
  local photo missing=()
  for photo in "${photos[@]}"; do
    [ -s "$folder/$photo" ] || missing+=("$photo")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  echo "Fetching photographs for the tests (${missing[*]}) out of the Debian package $package"
  local work
  work=$(mktemp -d) || return 1
  # apt downloads as its own user where it runs as root: the folder must be open to it.
  chmod 755 "$work"
  if ! (cd "$work" && { apt-get -qq -o APT::Sandbox::User=root download "$package" ||
      { _as_root apt-get update -qq && apt-get -qq -o APT::Sandbox::User=root download "$package"; }; }) ||
      ! dpkg -x "$work"/"$package"_*.deb "$work/tree"; then
    rm -rf "$work"
    echo "The package $package can't be downloaded; the tests need ${missing[*]} in $folder." >&2
    return 1
  fi
  mkdir -p "$folder"
  for photo in "${missing[@]}"; do
    if ! cp "$work/tree/usr/lib/python3/dist-packages/skimage/data/$photo" "$folder/$photo.part"; then
      rm -rf "$work"
      echo "The package $package has no $photo any more; .ci/photos.sh names it." >&2
      return 1
    fi
    mv "$folder/$photo.part" "$folder/$photo"
  done
  rm -rf "$work"
}

_as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}
