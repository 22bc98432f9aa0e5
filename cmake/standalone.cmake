# SPDX-License-Identifier: GPL-2.0-only
#
# Builds the module against an installed ns-3, such as Debian 12's libns3-dev (3.37). Included by
# ../CMakeLists.txt when there is no ns-3 tree around it; the source lists come from there.

option(KEEPALIVE_WERROR "Treat warnings as errors" OFF)
option(KEEPALIVE_FUZZ "Build the libFuzzer targets (clang only)" OFF)
set(KEEPALIVE_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, such as address,undefined")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_package(ns3 REQUIRED)

# Targets are ns3::libcore up to ns-3.42 and ns3::core from 3.43 on.
set(keepalive_ns3_libraries)
foreach(module core network internet point-to-point applications traffic-control csma)
  if(TARGET ns3::lib${module})
    list(APPEND keepalive_ns3_libraries ns3::lib${module})
  else()
    list(APPEND keepalive_ns3_libraries ns3::${module})
  endif()
endforeach()

# Debian's package names libraries and include directories that it does not depend on (libgsl.so,
# /usr/include/libxml2, ...). Drop what is not there; the shared libraries find theirs by themselves.
function(keepalive_repair target done)
  if(NOT TARGET ${target} OR target IN_LIST ${done})
    return()
  endif()
  list(APPEND ${done} ${target})
  foreach(property INTERFACE_INCLUDE_DIRECTORIES INTERFACE_LINK_LIBRARIES)
    get_target_property(values ${target} ${property})
    if(NOT values)
      continue()
    endif()
    set(kept)
    foreach(value IN LISTS values)
      if(TARGET ${value})
        keepalive_repair(${value} ${done})
      endif()
      if(NOT IS_ABSOLUTE "${value}" OR EXISTS "${value}")
        list(APPEND kept "${value}")
      endif()
    endforeach()
    set_target_properties(${target} PROPERTIES ${property} "${kept}")
  endforeach()
  set(${done} "${${done}}" PARENT_SCOPE)
endfunction()
set(keepalive_repaired)
foreach(library IN LISTS keepalive_ns3_libraries)
  keepalive_repair(${library} keepalive_repaired)
endforeach()

# The C++ standard that this ns-3 release was built with.
if(ns3_VERSION VERSION_GREATER_EQUAL 3.46)
  set(CMAKE_CXX_STANDARD 23)
elseif(ns3_VERSION VERSION_GREATER_EQUAL 3.41)
  set(CMAKE_CXX_STANDARD 20)
else()
  set(CMAKE_CXX_STANDARD 17)
endif()
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

add_compile_options(-Wall -Wextra)
if(KEEPALIVE_WERROR)
  add_compile_options(-Werror)
endif()
if(KEEPALIVE_SANITIZE)
  # ns-3's own libraries are not instrumented, so virtual tables cannot be checked across them; and
  # its Time::GetSeconds shifts a negative number left for a negative time, which C++20 defines.
  add_compile_options(-fsanitize=${KEEPALIVE_SANITIZE} -fno-sanitize=vptr,shift-base
                      -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${KEEPALIVE_SANITIZE})
endif()

# Headers are included as "ns3/name.h", as they are in an ns-3 tree.
foreach(header IN LISTS keepalive_headers)
  get_filename_component(name ${header} NAME)
  set(forward "${PROJECT_BINARY_DIR}/include/ns3/${name}")
  set(text "#include \"${PROJECT_SOURCE_DIR}/${header}\"\n")
  set(present "")
  if(EXISTS "${forward}")
    file(READ "${forward}" present)
  endif()
  if(NOT present STREQUAL text)
    file(WRITE "${forward}" "${text}")
  endif()
endforeach()

add_library(keepalive STATIC ${keepalive_sources})
target_include_directories(keepalive PUBLIC ${PROJECT_BINARY_DIR}/include)
target_link_libraries(keepalive PUBLIC ${keepalive_ns3_libraries})
# Debian's libraries carry no asserts and export no definitions; ours do their own.
target_compile_definitions(keepalive PUBLIC NS3_LOG_ENABLE NS3_ASSERT_ENABLE)
target_precompile_headers(keepalive PRIVATE
  <map> <memory> <optional> <string> <unordered_map> <vector>
  <ns3/ipv4.h> <ns3/net-device.h> <ns3/node.h> <ns3/packet.h> <ns3/simulator.h>
  <ns3/trace-helper.h>)

add_executable(keepalive-test-runner test/standalone-test-runner.cc ${keepalive_test_sources})
# Registration objects of TypeIds must not be left out of a static library's link.
target_link_libraries(keepalive-test-runner PRIVATE keepalive)
target_precompile_headers(keepalive-test-runner REUSE_FROM keepalive)

include(cmake/examples.cmake OPTIONAL)
include(cmake/tests.cmake OPTIONAL)
