# What makes a memory fault in a file's reader harder to use, for everything that is compiled here, the generated
# OpenGL loaders too. tests/cli/hardening_test.cmake reads it from the program.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)

# The program may be loaded anywhere. -fPIE, not CMake's -fPIC for static libraries: every function stays inlinable.
add_compile_options(-fPIE)
add_link_options(-pie)
# What the loader has resolved, it makes read-only before main; no stack is executable.
add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)

foreach(flag -fstack-protector-strong -fstack-clash-protection)
  string(MAKE_C_IDENTIFIER "convscope_has${flag}" has_flag)
  check_cxx_compiler_flag(${flag} ${has_flag})
  if(${has_flag})
    add_compile_options(${flag})
  endif()
endforeach()

# Checked twins of memcpy and the like. They take effect only with optimisation, and the sanitizers see less through
# them. Level 3, which knows the sizes of what was allocated, came with GCC 12, Clang 9 and glibc 2.34.
set(CONVSCOPE_FORTIFIED OFF)
if(CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$" AND NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize")
  set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
  check_cxx_source_compiles("#include <cstring>\nint main() {}" convscope_has_fortify_3)
  unset(CMAKE_REQUIRED_FLAGS)
  set(CONVSCOPE_FORTIFIED ON)
  # A distribution's compiler may define it as well, at another level.
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$<IF:$<BOOL:${convscope_has_fortify_3}>,3,2>)
endif()

# Where assert() stays, the standard library checks indices and empty containers too.
if(CONVSCOPE_ASSERTS OR CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
