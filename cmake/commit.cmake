# SPDX-License-Identifier: GPL-2.0-only
#
# Which commit of the module this is, for the results that a program writes.

# keepalive_commit(VARIABLE DIRECTORY): the full name of the commit that is checked out in a
# directory; empty if that is not a git repository of its own. CMake runs again when it changes.
function(keepalive_commit variable directory)
  set(${variable} "" PARENT_SCOPE)
  execute_process(COMMAND git rev-parse --show-toplevel HEAD --git-path HEAD --git-path logs/HEAD
                  WORKING_DIRECTORY ${directory} OUTPUT_VARIABLE output ERROR_QUIET
                  RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT status EQUAL 0)
    return()
  endif()
  string(REPLACE "\n" ";" output "${output}")
  list(POP_FRONT output top commit)
  get_filename_component(directory "${directory}" REALPATH)
  # The repository around a copy of the module says nothing about it.
  if(NOT top STREQUAL directory)
    return()
  endif()
  foreach(path IN LISTS output)
    get_filename_component(path "${path}" ABSOLUTE BASE_DIR ${directory})
    if(EXISTS "${path}")
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    endif()
  endforeach()
  set(${variable} ${commit} PARENT_SCOPE)
endfunction()
