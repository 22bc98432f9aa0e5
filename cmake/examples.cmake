# SPDX-License-Identifier: GPL-2.0-only
#
# The example programs of the standalone build.

find_package(Boost REQUIRED COMPONENTS program_options)

foreach(example gre)
  add_executable(keepalive-${example} examples/${example}.cc examples/gre-options.cc
                                      examples/program-options.cc)
  target_link_libraries(keepalive-${example} PRIVATE keepalive Boost::program_options)
  target_precompile_headers(keepalive-${example} REUSE_FROM keepalive)
  set_target_properties(keepalive-${example} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                                        ${CMAKE_BINARY_DIR}/examples)
endforeach()
