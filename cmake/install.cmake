# What `cmake --install` puts where, and the package that CPack makes of it. Packaging is optional, as its files are made
# by programs that a build does not need: help2man makes the manual page of --help, rsvg-convert the icon in its sizes.
include(GNUInstallDirs)
option(CONVSCOPE_PACKAGE "Make what a package has beside the program: manual page, icons, completions" OFF)

set(package ${PROJECT_SOURCE_DIR}/assets/package)
set(made ${PROJECT_BINARY_DIR}/package)
string(TIMESTAMP CONVSCOPE_RELEASE_DATE "%Y-%m-%d" UTC)  # of SOURCE_DATE_EPOCH, where that is set
configure_file(${package}/org.convscope.Convscope.metainfo.xml.in
  ${made}/org.convscope.Convscope.metainfo.xml @ONLY)

install(TARGETS convscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${package}/convscope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${package}/convscope.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
install(FILES ${made}/org.convscope.Convscope.metainfo.xml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${package}/convscope.svg
  DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${PROJECT_SOURCE_DIR}/python/convscope.py
  DESTINATION lib/python3/dist-packages)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/SECURITY.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
if(NOT CONVSCOPE_PACKAGE)
  return()
endif()

find_program(HELP2MAN_PROGRAM help2man REQUIRED)
find_program(RSVG_PROGRAM rsvg-convert REQUIRED)
find_program(GZIP_PROGRAM gzip REQUIRED)
set(outputs)

# made_by(<file> <command>...): a file of the package that this command writes to its standard output.
function(made_by file)
  add_custom_command(OUTPUT ${made}/${file}
    COMMAND sh -c [["$@" >"$0"]] ${made}/${file} ${ARGN}
    DEPENDS convscope ${package}/convscope.svg ${package}/manual.txt ${PROJECT_SOURCE_DIR}/CHANGELOG.md
    COMMENT "Making ${file}" VERBATIM)
  set(outputs ${outputs} ${made}/${file} PARENT_SCOPE)
endfunction()

made_by(convscope.1.gz sh -c
  "'${HELP2MAN_PROGRAM}' --no-info --section=1 --name='see convolution, pooling and kernel learning as heatmaps' \
--include='${package}/manual.txt' '$<TARGET_FILE:convscope>' | '${GZIP_PROGRAM}' -9n")
install(FILES ${made}/convscope.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

foreach(size 16 24 32 48 64 128 256 512)
  made_by(convscope-${size}.png ${RSVG_PROGRAM} -w ${size} -h ${size} ${package}/convscope.svg)
  install(FILES ${made}/convscope-${size}.png RENAME convscope.png
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps)
endforeach()

made_by(convscope.bash $<TARGET_FILE:convscope> completion bash)
made_by(_convscope $<TARGET_FILE:convscope> completion zsh)
made_by(convscope.fish $<TARGET_FILE:convscope> completion fish)
install(FILES ${made}/convscope.bash RENAME convscope
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${made}/_convscope DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${made}/convscope.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

string(TIMESTAMP CONVSCOPE_PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${package}/changelog.Debian.in ${made}/changelog.Debian @ONLY)
made_by(changelog.Debian.gz ${GZIP_PROGRAM} -9nc ${made}/changelog.Debian)
made_by(changelog.gz ${GZIP_PROGRAM} -9nc ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
install(FILES ${package}/lintian-overrides RENAME convscope
  DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides)
install(FILES ${made}/changelog.gz ${made}/changelog.Debian.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
add_custom_target(package_files ALL DEPENDS ${outputs})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME convscope)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_PACKAGE_VENDOR "The Convscope authors")
set(CPACK_PACKAGE_CONTACT "The Convscope authors <convscope@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "see 2-D convolution, pooling and kernel learning as heatmaps")
set(CPACK_PACKAGE_DESCRIPTION
"An instrument for lectures and for the notebook: pictures are drawn or
loaded, weights, padding and stride edited, and cross-correlation,
pooling, their gradients and a kernel that is learned are heatmaps whose
every number is explained.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# OpenGL is opened at run time; without a display its EGL draws pictures. The client of notebooks is in Python.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgl1, libegl1, python3")
# What GLFW opens at run time for a window, and Mesa's drivers.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "libgl1-mesa-dri, libx11-6, libxcursor1, libxi6, libxinerama1, libxrandr2, libxxf86vm1")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-numpy")
include(CPack)
