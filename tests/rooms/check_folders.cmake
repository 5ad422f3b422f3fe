# Fails where a folder of sources has no README.md that says what belongs in it, and where a source
# has no header of its name beside it. ROOT is the project's folder.
cmake_policy(VERSION 3.25)
set(no_header
  app/main.cpp                  # includes others, and is included by none
)
file(GLOB_RECURSE sources RELATIVE ${ROOT}
  ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp)
list(LENGTH sources count)
if(count LESS 100)
  message(FATAL_ERROR "only ${count} sources under ${ROOT}")
endif()
set(folders "")
foreach(source IN LISTS sources)
  get_filename_component(folder ${source} DIRECTORY)
  list(APPEND folders ${folder})
  string(REGEX REPLACE "\\.cpp$" ".h" header ${source})
  if(NOT EXISTS ${ROOT}/${header} AND NOT source IN_LIST no_header)
    message(SEND_ERROR "${source} has no header ${header}")
  endif()
endforeach()
list(REMOVE_DUPLICATES folders)
foreach(folder IN LISTS folders)
  if(NOT EXISTS ${ROOT}/${folder}/README.md)
    message(SEND_ERROR "${folder} has no README.md that says what belongs in it")
  endif()
endforeach()
list(LENGTH folders folder_count)
message("${count} files in ${folder_count} folders")
