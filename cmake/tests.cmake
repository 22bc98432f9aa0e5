# SPDX-License-Identifier: GPL-2.0-only
#
# What `./keepalive test` runs, through ctest: the TestSuites, plain and under sanitizers, the fuzzers,
# the example programs, the plots and the house rules.

option(KEEPALIVE_TESTS "Register the tests with ctest" OFF)
set(KEEPALIVE_ASAN_DIR "" CACHE PATH "Build directory with sanitizers; empty to leave them out")
set(KEEPALIVE_FUZZ_DIR "" CACHE PATH "Build directory with fuzzers; empty to leave them out")
set(KEEPALIVE_PYTHON "python3" CACHE STRING "Python interpreter with matplotlib")

# One fuzzer for every header that is read from the wire, and one for the path behind it: a source
# fuzz-NAME.cc each.
set(keepalive_fuzzers async-hdlc bfd bgp-message bgp-stream ethernet-loop gre-header gre-tunnel
                      hdlc-device hdlc-header ike lcp nat)
if(KEEPALIVE_FUZZ)
  set(instrumentation -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr -O1 -g1)
  target_compile_options(keepalive PRIVATE ${instrumentation})
  add_custom_target(keepalive-fuzz)
  foreach(name IN LISTS keepalive_fuzzers)
    add_executable(keepalive-fuzz-${name} test/fuzz-${name}.cc test/dpd-test-network.cc
                                          test/gre-test-network.cc)
    target_compile_options(keepalive-fuzz-${name} PRIVATE ${instrumentation})
    target_link_options(keepalive-fuzz-${name} PRIVATE -fsanitize=fuzzer,address,undefined)
    target_link_libraries(keepalive-fuzz-${name} PRIVATE keepalive)
    add_dependencies(keepalive-fuzz keepalive-fuzz-${name})
  endforeach()
endif()

if(NOT KEEPALIVE_TESTS)
  return()
endif()
enable_testing()

# The suites are found where they are defined, so that none can be forgotten.
set(keepalive_suites)
foreach(source IN LISTS keepalive_test_sources)
  file(STRINGS ${source} definitions REGEX "TestSuite\\(\"keepalive-[a-z-]+\"")
  foreach(definition IN LISTS definitions)
    string(REGEX REPLACE ".*TestSuite\\(\"(keepalive-[a-z-]+)\".*" "\\1" suite "${definition}")
    list(APPEND keepalive_suites ${suite})
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
endforeach()

foreach(suite IN LISTS keepalive_suites)
  add_test(NAME ${suite} COMMAND keepalive-test-runner --suite=${suite} --verbose)
  set_tests_properties(${suite} PROPERTIES TIMEOUT 600)
  # Thousands of runs alike, for their statistics: what they run is sanitized in the other suites.
  if(KEEPALIVE_ASAN_DIR AND NOT suite MATCHES "-(detection|detection-law|mistakes)$")
    add_test(NAME sanitized-${suite} COMMAND ${KEEPALIVE_ASAN_DIR}/keepalive-test-runner
                                             --suite=${suite} --verbose)
    # Full stacks of every allocation make it five times slower. Without this variable, by hand, a
    # report has them.
    set_tests_properties(sanitized-${suite} PROPERTIES TIMEOUT 1500
                                                       ENVIRONMENT ASAN_OPTIONS=malloc_context_size=2)
  endif()
endforeach()

if(KEEPALIVE_FUZZ_DIR)
  foreach(name IN LISTS keepalive_fuzzers)
    # ns-3's objects live until the process ends, which is no leak.
    add_test(NAME fuzz-${name} COMMAND ${KEEPALIVE_FUZZ_DIR}/keepalive-fuzz-${name} -runs=200000
                                       -max_total_time=30 -max_len=128 -seed=1 -detect_leaks=0
                                       -artifact_prefix=${PROJECT_BINARY_DIR}/fuzz-${name}-)
    # What is freed is kept for a while to catch its use; all of it would fill the memory.
    set_tests_properties(fuzz-${name} PROPERTIES
                         ENVIRONMENT ASAN_OPTIONS=malloc_context_size=2:quarantine_size_mb=16)
  endforeach()
endif()

add_test(NAME example-first-scenario COMMAND keepalive-first-scenario)
add_test(NAME example-serial-first-scenario COMMAND keepalive-serial-first-scenario)
add_test(NAME example-gre COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/gre-program-test.py
                                  $<TARGET_FILE:keepalive-gre>)
# In real time, with Debian's slirp; skipped where that is not installed.
add_test(NAME example-ppp-peer COMMAND ${KEEPALIVE_PYTHON}
                                       ${PROJECT_SOURCE_DIR}/test/ppp-peer-test.py
                                       $<TARGET_FILE:keepalive-ppp-peer>)
set_tests_properties(example-ppp-peer PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77)
# In real time, with this machine's kernel and with Debian's frr and bird2, in network namespaces;
# skipped where there are none. Their times are those of the wall clock, so nothing runs beside them.
foreach(name bfd bgp tcp)
  if(TARGET keepalive-${name}-peer)
    add_test(NAME example-${name}-peer
             COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/${name}-peer-test.py
                     $<TARGET_FILE:keepalive-${name}-peer>)
    set_tests_properties(example-${name}-peer PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77
                                                         RUN_SERIAL ON)
  endif()
endforeach()
# The same, with the NAT of this machine's kernel.
add_test(NAME example-nat-script COMMAND ${KEEPALIVE_PYTHON}
                                         ${PROJECT_SOURCE_DIR}/test/nat-peer-test.py
                                         $<TARGET_FILE:keepalive-nat-script>)
set_tests_properties(example-nat-script PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 RUN_SERIAL ON)
foreach(name hdlc ppp)
  add_test(NAME example-${name}
           COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/serial-program-test.py
                   $<TARGET_FILE:keepalive-${name}> ${name})
endforeach()
foreach(name bfd bgp dpd ethernet nat tcp)
  add_test(NAME example-${name}
           COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/${name}-program-test.py
                   $<TARGET_FILE:keepalive-${name}>)
endforeach()
set_tests_properties(example-bfd example-bgp example-dpd example-ethernet example-hdlc example-nat
                     example-ppp example-tcp PROPERTIES TIMEOUT 600)
add_test(NAME labs COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/labs-test.py
                           ${PROJECT_SOURCE_DIR}/examples/labs $<TARGET_FILE:keepalive-hdlc>
                           $<TARGET_FILE:keepalive-ppp> $<TARGET_FILE:keepalive-tcp>
                           $<TARGET_FILE:keepalive-bgp> $<TARGET_FILE:keepalive-ethernet>
                           $<TARGET_FILE:keepalive-dpd> $<TARGET_FILE:keepalive-nat>
                           $<TARGET_FILE:keepalive-bfd>)
set_tests_properties(labs PROPERTIES TIMEOUT 300)
add_test(NAME matrix COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/matrix-test.py
                             $<TARGET_FILE:keepalive-matrix>)
set_tests_properties(matrix PROPERTIES TIMEOUT 600)
if(TARGET keepalive-sweep)
  # Those that kill, fill a disk, or start Slurm's daemons count on the time that things take.
  foreach(name determinism program recovery slurm statistics)
    add_test(NAME sweep-${name} COMMAND ${KEEPALIVE_PYTHON}
                                        ${PROJECT_SOURCE_DIR}/test/sweep-${name}-test.py
                                        $<TARGET_FILE:keepalive-sweep>)
    set_tests_properties(sweep-${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77)
  endforeach()
  add_test(NAME studies COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/studies-test.py
                                ${PROJECT_SOURCE_DIR}/examples/studies
                                $<TARGET_FILE:keepalive-sweep>)
  set_tests_properties(studies PROPERTIES TIMEOUT 300)
  set_tests_properties(sweep-recovery sweep-slurm PROPERTIES RUN_SERIAL ON)
endif()
add_test(NAME bench COMMAND keepalive-bench --rounds=1 --runs=2000)
add_test(NAME matrix-plot COMMAND ${KEEPALIVE_PYTHON}
                                  ${PROJECT_SOURCE_DIR}/test/matrix-plot-test.py)
add_test(NAME sweep-plots COMMAND ${KEEPALIVE_PYTHON}
                                  ${PROJECT_SOURCE_DIR}/test/sweep-plots-test.py)
add_test(NAME plots COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/plots-test.py)
add_test(NAME build-lists COMMAND ${KEEPALIVE_PYTHON}
                                  ${PROJECT_SOURCE_DIR}/test/build-lists-test.py)
add_test(NAME style COMMAND ${KEEPALIVE_PYTHON} ${PROJECT_SOURCE_DIR}/test/style-test.py)
add_test(NAME front-door COMMAND ${PROJECT_SOURCE_DIR}/test/front-door-test.sh)
set_tests_properties(front-door PROPERTIES ENVIRONMENT KEEPALIVE_BUILD_DIR=${PROJECT_BINARY_DIR})
set_tests_properties(example-gre build-lists style front-door PROPERTIES TIMEOUT 300)
set_tests_properties(bench matrix-plot plots sweep-plots PROPERTIES TIMEOUT 600)
set_tests_properties(sweep-plots PROPERTIES SKIP_RETURN_CODE 77)
