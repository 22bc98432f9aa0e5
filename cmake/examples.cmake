# SPDX-License-Identifier: GPL-2.0-only
#
# The example programs of the standalone build, below examples/ of the build directory.

find_package(Boost REQUIRED COMPONENTS program_options)

function(keepalive_example name)
  add_executable(keepalive-${name} ${ARGN})
  target_link_libraries(keepalive-${name} PRIVATE keepalive Boost::program_options)
  target_precompile_headers(keepalive-${name} REUSE_FROM keepalive)
  set_target_properties(keepalive-${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                                     ${PROJECT_BINARY_DIR}/examples)
endfunction()

keepalive_example(bench examples/bench.cc examples/program-options.cc)
keepalive_example(first-scenario examples/first-scenario.cc)
keepalive_example(gre examples/gre.cc examples/gre-options.cc examples/program-options.cc)
