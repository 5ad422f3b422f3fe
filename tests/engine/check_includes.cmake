# Fails where a file of FOLDER includes what the engine must not know: a window, OpenGL, files, a clock, or the program.
file(GLOB_RECURSE sources ${FOLDER}/*.h ${FOLDER}/*.cpp)
if(NOT sources)
  message(FATAL_ERROR "no sources in ${FOLDER}")
endif()
foreach(source IN LISTS sources)
  file(STRINGS ${source} lines
    REGEX "#[ \t]*include[ \t]*[<\"](app/|imgui|backends/|GLFW|glad|GL/|EGL|stb|fstream|filesystem|iostream|cstdio|stdio|chrono|ctime|time\\.h)")
  foreach(line IN LISTS lines)
    message(SEND_ERROR "${source}: ${line}")
  endforeach()
endforeach()
