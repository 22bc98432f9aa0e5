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

function(keepalive_example name)
  add_executable(keepalive-${name} ${ARGN})
  target_link_libraries(keepalive-${name} PRIVATE keepalive-programs)
  target_precompile_headers(keepalive-${name} REUSE_FROM keepalive)
  set_target_properties(keepalive-${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                                     ${PROJECT_BINARY_DIR}/examples)
endfunction()

keepalive_example(bench examples/bench-bgp.cc examples/bench-gre.cc examples/bench-serial.cc
                        examples/bench-tools.cc examples/bench.cc)
keepalive_example(bfd examples/bfd.cc examples/bfd-options.cc)
keepalive_example(bgp examples/bgp.cc examples/bgp-options.cc)
keepalive_example(dpd examples/dpd.cc examples/dpd-options.cc)
keepalive_example(ethernet examples/ethernet.cc examples/ethernet-lab-options.cc)
keepalive_example(first-scenario examples/first-scenario.cc)
keepalive_example(gre examples/gre.cc examples/gre-options.cc)
keepalive_example(hdlc examples/hdlc.cc examples/serial-lab.cc examples/serial-options.cc)
keepalive_example(matrix examples/matrix.cc)
keepalive_example(mismatch examples/mismatch.cc)
keepalive_example(nat examples/nat.cc examples/nat-options.cc)
keepalive_example(nat-script examples/nat-bench.cc examples/nat-script.cc examples/packet-script.cc
                             examples/script-packet.cc)
keepalive_example(ppp examples/ppp.cc examples/serial-lab.cc examples/serial-options.cc)
keepalive_example(ppp-peer examples/peer-lab.cc examples/ppp-peer.cc examples/real-time.cc)
keepalive_example(serial-first-scenario examples/serial-first-scenario.cc)
keepalive_example(tcp examples/tcp.cc examples/tcp-options.cc)

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
