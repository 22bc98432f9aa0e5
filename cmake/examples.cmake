# SPDX-License-Identifier: GPL-2.0-only
#
# The example programs of the standalone build, below examples/ of the build directory.

find_package(Boost REQUIRED COMPONENTS program_options)

# What the programs share, compiled once.
add_library(keepalive-programs STATIC examples/failure-options.cc examples/option-types.cc
            examples/lab-run.cc examples/output-file.cc examples/program-options.cc
            examples/scenario-options.cc examples/scenario-report.cc)
target_link_libraries(keepalive-programs PUBLIC keepalive Boost::program_options)
target_precompile_headers(keepalive-programs REUSE_FROM keepalive)

# The options of every mechanism's lab, compiled once for the labs and the sweep.
add_library(keepalive-lab-options STATIC examples/bfd-options.cc examples/bgp-options.cc
            examples/dpd-options.cc examples/ethernet-lab-options.cc examples/gre-options.cc
            examples/nat-options.cc examples/serial-options.cc examples/tcp-options.cc)
target_link_libraries(keepalive-lab-options PUBLIC keepalive-programs)
target_precompile_headers(keepalive-lab-options REUSE_FROM keepalive)

# keepalive_example(NAME SOURCE...)
function(keepalive_example name)
  add_executable(keepalive-${name} ${ARGN})
  target_link_libraries(keepalive-${name} PRIVATE keepalive-programs)
  target_precompile_headers(keepalive-${name} REUSE_FROM keepalive)
  set_target_properties(keepalive-${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                                     ${PROJECT_BINARY_DIR}/examples)
endfunction()

# keepalive_lab(NAME SOURCE...): an example that takes a mechanism's options.
function(keepalive_lab name)
  keepalive_example(${name} ${ARGN})
  target_link_libraries(keepalive-${name} PRIVATE keepalive-lab-options)
endfunction()

keepalive_example(bench examples/bench-bgp.cc examples/bench-gre.cc examples/bench-serial.cc
                        examples/bench-sweep.cc examples/bench-tools.cc examples/bench.cc)
keepalive_lab(bfd examples/bfd.cc)
keepalive_lab(bgp examples/bgp.cc)
keepalive_lab(dpd examples/dpd.cc)
keepalive_lab(ethernet examples/ethernet.cc)
keepalive_example(first-scenario examples/first-scenario.cc)
keepalive_lab(gre examples/gre.cc)
keepalive_lab(hdlc examples/hdlc.cc examples/serial-lab.cc)
keepalive_example(matrix examples/matrix.cc)
keepalive_example(mismatch examples/mismatch.cc)
keepalive_lab(nat examples/nat.cc)
keepalive_example(nat-script examples/nat-bench.cc examples/nat-script.cc examples/packet-script.cc
                             examples/script-packet.cc)
keepalive_lab(ppp examples/ppp.cc examples/serial-lab.cc)
keepalive_example(ppp-peer examples/peer-lab.cc examples/ppp-peer.cc examples/real-time.cc)
keepalive_example(serial-first-scenario examples/serial-first-scenario.cc)
keepalive_lab(tcp examples/tcp.cc)

# Those that speak with this machine's kernel and daemons need ns-3's fd-net-device, which only Linux
# has.
foreach(target ns3::libfd-net-device ns3::fd-net-device)
  if(TARGET ${target} AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    keepalive_repair(${target} keepalive_repaired)
    set(ethernet examples/ethernet-lab.cc examples/ethernet-options.cc examples/ethernet-port.cc
                 examples/real-time.cc)
    keepalive_example(bfd-peer examples/bfd-peer.cc examples/bfd-station.cc ${ethernet})
    keepalive_example(bgp-peer examples/bgp-peer.cc examples/bgp-station.cc ${ethernet})
    keepalive_example(tcp-peer examples/tcp-peer.cc examples/tcp-session.cc ${ethernet})
    target_link_libraries(keepalive-bfd-peer PRIVATE ${target})
    target_link_libraries(keepalive-bgp-peer PRIVATE ${target})
    target_link_libraries(keepalive-tcp-peer PRIVATE ${target})
  endif()
endforeach()

# The sweep keeps its results in SQLite.
find_package(SQLiteCpp QUIET CONFIG)
find_package(nlohmann_json QUIET CONFIG)
if(SQLiteCpp_FOUND AND nlohmann_json_FOUND)
  keepalive_lab(sweep examples/shell-word.cc examples/sweep-convergence.cc examples/sweep-decimal.cc
                      examples/sweep-differences.cc examples/sweep-directory.cc
                      examples/sweep-estimate.cc examples/sweep-export.cc examples/sweep-factor.cc
                      examples/sweep-help.cc examples/sweep-judgement.cc examples/sweep-mechanism.cc
                      examples/sweep-merge.cc examples/sweep-observation.cc
                      examples/sweep-options.cc examples/sweep-plan.cc
                      examples/sweep-point-tables.cc examples/sweep-points.cc examples/sweep-pool.cc
                      examples/sweep-progress.cc examples/sweep-promise.cc examples/sweep-reader.cc
                      examples/sweep-record.cc examples/sweep-row-reader.cc
                      examples/sweep-row-writer.cc examples/sweep-run-tables.cc
                      examples/sweep-run.cc examples/sweep-schedule.cc examples/sweep-slurm.cc
                      examples/sweep-statistics.cc examples/sweep-store.cc examples/sweep-summary.cc
                      examples/sweep-survival.cc examples/sweep-table.cc examples/sweep-timing.cc
                      examples/sweep-translation.cc examples/sweep.cc)
  target_link_libraries(keepalive-sweep PRIVATE SQLiteCpp nlohmann_json::nlohmann_json)
  # Results say what they were made with. A commit makes CMake run again, and only what speaks of it
  # is compiled again.
  include(cmake/commit.cmake)
  keepalive_commit(commit ${PROJECT_SOURCE_DIR})
  set_property(SOURCE examples/sweep-store.cc APPEND PROPERTY COMPILE_DEFINITIONS
               KEEPALIVE_GIT_COMMIT="${commit}" KEEPALIVE_BUILD_TYPE="${CMAKE_BUILD_TYPE}")
  # The benchmark compares it with these.
  add_dependencies(keepalive-bench keepalive-gre keepalive-hdlc keepalive-sweep)
else()
  message(STATUS "keepalive: SQLiteCpp or nlohmann_json not found, keepalive-sweep is not built")
endif()
