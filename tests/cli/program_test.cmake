# Calls PROGRAM as scripts do, without a display, in FOLDER.
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})

# expect(<exit code> <text that its output or error contains> <argument>...)
function(expect code text)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env --unset=DISPLAY --unset=WAYLAND_DISPLAY ${PROGRAM} ${ARGN}
    WORKING_DIRECTORY ${FOLDER}
    RESULT_VARIABLE result OUTPUT_VARIABLE out ERROR_VARIABLE err)
  string(FIND "${out}${err}" "${text}" found)
  if(NOT result STREQUAL code OR found EQUAL -1)
    message(SEND_ERROR "${ARGN}: expected exit code ${code} and \"${text}\", got ${result} and:\n${out}${err}")
  endif()
endfunction()

function(expect_files)
  file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*)
  if(NOT "${files}" STREQUAL "${ARGN}")
    message(SEND_ERROR "expected the files \"${ARGN}\", there are \"${files}\"")
  endif()
endfunction()

set(input --input ${FIXTURES}/rows_f8_fortran.npy)
expect(0 "conv2d-grad" --help)
expect(0 "--padding-mode" conv2d --help)

# Wrong calls and failures leave nothing.
expect(2 "--output is required" conv2d ${input} --weight ${FIXTURES}/rows_f4.npy)
expect(2 "--stride is \"x\"" conv2d ${input} --weight ${FIXTURES}/rows_f4.npy --stride x --output y.npy)
expect(2 "does not fit input" conv2d ${input} --weight ${FIXTURES}/four_f4.npy --output y.npy)
expect(1 "there is no file \"none.npy\"" conv2d --input none.npy --weight ${FIXTURES}/rows_f4.npy --output y.npy)
expect(1 "holds complex numbers" conv2d --input ${FIXTURES}/complex.npy --weight ${FIXTURES}/rows_f4.npy --output y.npy)
expect(1 "No such file or directory" conv2d ${input} --weight ${FIXTURES}/rows_f4.npy --output none/y.npy)
expect(2 "convscope: \"3\" and \"--unknown\" are not expected; see \"convscope conv2d --help\"." conv2d ${input}
  --weight ${FIXTURES}/rows_f4.npy --output y.npy 3 --unknown)
expect(2 "convscope: --steps is \"abc\"; it must be a whole number; see \"convscope --help\"." --steps abc)
expect(2 "convscope: --rate is \"fast\"; it must be a number; see" --rate fast)
file(WRITE ${FOLDER}/rate.json "{\"format\": \"convscope-scene\", \"version\": 1, \"learning\": {\"rate\": 0}}")
expect(1 "learning.rate is 0; it must be a positive number of float32, at most 3.4e38." rate.json)
file(REMOVE ${FOLDER}/rate.json)
expect_files()

# What is no file, and a file that is read-only, is not replaced.
file(MAKE_DIRECTORY ${FOLDER}/folder.npy)
execute_process(COMMAND mkfifo ${FOLDER}/fifo.npy)
file(WRITE ${FOLDER}/fixed.npy "fixed")
file(CHMOD ${FOLDER}/fixed.npy PERMISSIONS OWNER_READ)
set(conv conv2d ${input} --weight ${FIXTURES}/rows_f4.npy --output)
expect(1 "\"/dev/full\" can't be written: it is a stream or a device, and outputs go to files; name a file." ${conv} /dev/full)
expect(1 "\"folder.npy\" can't be written: it is a folder." ${conv} folder.npy)
expect(1 "\"fifo.npy\" can't be written: it is not a regular file." ${conv} fifo.npy)
expect(1 "\"fixed.npy\" can't be written: it is read-only; make it writable first, or name another file."
  ${conv} fixed.npy)
expect_files(fifo.npy fixed.npy folder.npy)
file(READ ${FOLDER}/fixed.npy content)
if(NOT content STREQUAL "fixed")
  message(SEND_ERROR "a read-only file was replaced")
endif()
file(REMOVE_RECURSE ${FOLDER}/folder.npy ${FOLDER}/fifo.npy ${FOLDER}/fixed.npy)

# Every command.
expect(0 "y.npy: float32 [1, 1, 1, 1]" conv2d ${input} --weight ${FIXTURES}/rows_f4.npy --output y.npy)
expect(0 "min: 13.75" info y.npy)  # 0² + 0.5² + 1² + 1.5² + 2² + 2.5²
expect(0 "gw.npy: float32 [1, 1, 2, 3]" conv2d-grad ${input} --weight ${FIXTURES}/rows_f4.npy
  --grad-output y.npy --grad-weight gw.npy)
expect(0 "max: 34.375" info gw.npy)  # 2.5 · 13.75
expect(0 "i.npy: int64 [1, 1, 1, 1]" pool2d --kind max ${input} --kernel 2 --output p.npy --indices i.npy)
expect(0 "max: 4" info i.npy)
expect(0 "gp.npy: float32 [1, 1, 2, 3]" pool2d-grad --kind max ${input} --kernel 2 --grad-output p.npy
  --indices i.npy --grad-input gp.npy)
expect(0 "max: 2" info gp.npy)  # the gradient is the maximum, the cell at (1, 1) itself
expect(2 "--grad-input is required" pool2d-grad --kind max ${input} --kernel 2 --grad-output p.npy)
expect(2 "must have the output's shape [1, 1, 2, 3]" pool2d-grad --kind max ${input} --kernel 1 --grad-output p.npy
  --grad-input g.npy)
expect(1 "there is no file \"none.npy\"" pool2d-grad --kind avg ${input} --kernel 2 --grad-output none.npy
  --grad-input g.npy)
expect(0 "gr.npy: float32 [1, 1, 2, 3]" conv2d-grad ${input} --weight ${FIXTURES}/rows_f4.npy
  --grad-output y.npy --relu --grad-weight gr.npy)
expect(0 "max: 34.375" info gr.npy)  # 13.75 is above 0
expect(2 "--bias is for --relu only" conv2d-grad ${input} --weight ${FIXTURES}/rows_f4.npy --grad-output y.npy
  --bias y.npy --grad-weight g.npy)
file(REMOVE ${FOLDER}/gp.npy ${FOLDER}/gr.npy)
expect(0 "step 200: loss" learn ${input} --target y.npy --kernel 2,3 --lr 0.01 --steps 200 --output w.npy
  --history h.csv)
expect_files(gw.npy h.csv i.npy p.npy w.npy y.npy)
expect(0 "float32 [1, 1, 1, 1]" conv2d ${input} --weight w.npy --output learned.npy)
expect(0 "min: 13.75" info learned.npy)

# Lessons: what is stated wrongly is a failure.
file(WRITE ${FOLDER}/good.md "# L\n\n## S\n\nThe output has {output.shape = 6 × 7} cells.\n")
file(WRITE ${FOLDER}/bad.md "# L\n\n## S\n\nThe output has {output.shape = 7 × 6} cells.\n")
expect(0 "good.md: 1 stated value holds in 1 step" lesson --check good.md)
expect(0 "The output has 6 × 7 cells." lesson good.md)
expect(0 "`output`" lesson --vocabulary)
expect(0 "--check" lesson --help)
expect(1 "line 5: output.shape is 6 × 7, and 7 × 6 is stated." lesson --check good.md bad.md)
expect(1 "convscope: 1 thing is wrong in 1 lesson." lesson --check bad.md)
expect(1 "there is no such file" lesson none.md)
expect(2 "convscope: no lesson is named" lesson)
file(REMOVE ${FOLDER}/good.md ${FOLDER}/bad.md)

# Figures.
expect(0 "--panel" render --help)
expect(0 "--fps" animate --help)
expect(0 "--as" snippet --help)
expect(0 "y = F.conv2d(x, weight, bias)" snippet edge --as pytorch)
expect(0 "f.py: 60 lines of Python" snippet edge --as lists --output f.py)
expect(2 "convscope: --as is \"tf\"; it must be pytorch, numpy or lists" snippet edge --as tf)
expect(2 "--as is required" snippet edge)
expect(0 "f.png: row, " render edge --panel row --output f.png)
expect(0 "f.gif: 4 frames, " animate first-sum --output f.gif)
expect(2 "convscope: --panel is \"x\"; it must be one of window, input" render edge --panel x --output g.png)
expect(2 "convscope: --output is \"g.mp4\"; its name must end in .gif" animate edge --output g.mp4)
expect(1 "the output has no cell 9,9" render edge --at 9,9 --output g.png)
set(ENV{XDG_RUNTIME_DIR} ${FOLDER})
expect(3 "convscope: no window listens as \"nobody\"; start one" send ${FIXTURES}/rows_f4.npy --to input --window nobody)
expect(2 "convscope: --to is \"output\"; it must be input, weight" send ${FIXTURES}/rows_f4.npy --to output)
expect(2 "it must be 1 to 64 letters" --listen ../up)
expect(2 "--listen and --screenshot exclude each other" --listen one --screenshot one.png)
expect(2 "convscope: the lesson \"04-cross-correlation\" has no step \"99\"" --lesson 4\#99)
file(REMOVE ${FOLDER}/f.py ${FOLDER}/f.png ${FOLDER}/f.gif)
expect_files(gw.npy h.csv i.npy learned.npy p.npy w.npy y.npy)

# Held to fewer vector instructions: every kind that this processor has, and nothing else.
set(ENV{CONVSCOPE_SIMD} avx9)
expect(2 "convscope: CONVSCOPE_SIMD is \"avx9\"; on this processor it must be one of \"" --version)
execute_process(COMMAND ${PROGRAM} --version ERROR_VARIABLE known)
string(REGEX REPLACE ".*one of " "" known "${known}")
string(REGEX MATCHALL "[a-z0-9_]+" known "${known}")
foreach(simd IN LISTS known)
  set(ENV{CONVSCOPE_SIMD} ${simd})
  expect(0 "computing with ${simd}\n" --version)
  expect(0 "y.npy: float32 [1, 1, 1, 1]" conv2d ${input} --weight ${FIXTURES}/rows_f4.npy --output y.npy)
  expect(0 "min: 13.75" info y.npy)
endforeach()
