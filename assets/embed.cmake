# convscope_embed(<target> <name> <file>): the bytes of <file> become part of <target>, as
#   namespace convscope::embedded { std::span<const unsigned char> <name>(); }
# declared in "embedded/<name>.h". An edit of the file rebuilds the target. The assembler reads the
# file itself (.incbin), so that megabytes cost no compile time.
enable_language(ASM)
function(convscope_embed target name file)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  file(CONFIGURE OUTPUT ${dir}/${name}.S @ONLY CONTENT [[
    .section .rodata
    .balign 16
    .global convscope_embedded_@name@
    .global convscope_embedded_@name@_end
convscope_embedded_@name@:
    .incbin "@file@"
convscope_embedded_@name@_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
]])
  file(CONFIGURE OUTPUT ${dir}/${name}.h @ONLY CONTENT [[
#pragma once

#include <span>

extern "C" const unsigned char convscope_embedded_@name@[];
extern "C" const unsigned char convscope_embedded_@name@_end[];

namespace convscope::embedded {

inline std::span<const unsigned char> @name@() {
  return {convscope_embedded_@name@, convscope_embedded_@name@_end};
}

}  // namespace convscope::embedded
]])
  set_source_files_properties(${dir}/${name}.S PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${dir}/${name}.S)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
