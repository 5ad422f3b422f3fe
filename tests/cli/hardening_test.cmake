# Reads from the file PROGRAM, with READELF and NM, that it is hardened as cmake/hardening.cmake says, and from the
# archives OWN what it was compiled with: Debian's static libraries, which are in the program too, are hardened anyway.
# FORTIFIED is whether the build asked for the checked twins of memcpy and the like, which need optimisation.

# output_of(<variable> <file> <command>...)
function(output_of variable file)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C ${ARGN} ${file}
    OUTPUT_VARIABLE out RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN} ${file} ended with ${result}")
  endif()
  set(${variable} "${out}" PARENT_SCOPE)
endfunction()

# require(<file> <text> <regular expression that it must match> <what that means>)
function(require file text expression meaning)
  if(NOT text MATCHES "${expression}")
    message(SEND_ERROR "${file}: ${meaning}; \"${expression}\" is not in\n${text}")
  endif()
endfunction()

output_of(header ${PROGRAM} ${READELF} --file-header --wide)
require(${PROGRAM} "${header}" "Type: +DYN" "it must be position-independent")

output_of(dynamic ${PROGRAM} ${READELF} --dynamic --wide)
require(${PROGRAM} "${dynamic}" "FLAGS_1[^\n]* PIE" "it must be a position-independent executable")
require(${PROGRAM} "${dynamic}" "BIND_NOW|FLAGS_1[^\n]* NOW" "all symbols must be resolved before main")

output_of(segments ${PROGRAM} ${READELF} --program-headers --wide)
require(${PROGRAM} "${segments}" "GNU_RELRO" "what the loader has resolved must become read-only")
require(${PROGRAM} "${segments}" "GNU_STACK[^\n]* RW " "its stack must not be executable")
if(segments MATCHES "LOAD[^\n]* RWE ")
  message(SEND_ERROR "${PROGRAM}: no segment may be both writable and executable:\n${segments}")
endif()

set(calls "")
foreach(archive ${OWN})
  output_of(symbols ${archive} ${NM} --undefined-only)
  require(${archive} "${symbols}" " __stack_chk_fail" "functions with arrays must check their stack")
  string(APPEND calls "${symbols}")
endforeach()
if(FORTIFIED)
  string(REPLACE "__stack_chk_fail" "" calls "${calls}")
  require("${OWN}" "${calls}" " __[a-z]+_chk\n" "writing into memory must be checked against its size")
endif()
