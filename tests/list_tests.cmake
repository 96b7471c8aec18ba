# cmake -DPROGRAM= -DNAME= -DEACH=suite|test|instance -DPROPERTIES= -DFILE= -P list_tests.cmake
# Writes FILE, which registers the tests of a Google Test program with CTest. NAME.Suite runs a suite; NAME.Suite+Next
# runs small ones that follow one another; NAME.Suite.Test runs a test, with all its parameters or, as
# NAME.Suite.Test.Parameter, with one.
cmake_minimum_required(VERSION 3.22)
set(few 10)  # a suite with fewer tests is small

execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE result TIMEOUT 60)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} --gtest_list_tests: ${result}\n${listed}")
endif()
string(REGEX REPLACE " *#[^\n]*" "" listed "${listed}")
string(REGEX MATCHALL "[^\n]+" lines "${listed}")

set(names)
foreach(line IN LISTS lines)
  if(line MATCHES "^(([^ ]+/)?([^ /]+))\\.$")  # "Prefix/Suite."
    set(suite ${CMAKE_MATCH_1})
    set(plain_suite ${CMAKE_MATCH_3})
  elseif(line MATCHES "^  ([^ /]+)(/([^ ]+))?$")  # "  Test/Parameter"
    if("${EACH}" STREQUAL "suite")
      set(name ${plain_suite})
      set(pattern ${suite}.*)
    elseif("${CMAKE_MATCH_2}" STREQUAL "")
      set(name ${plain_suite}.${CMAKE_MATCH_1})
      set(pattern ${suite}.${CMAKE_MATCH_1})
    elseif("${EACH}" STREQUAL "test")
      set(name ${plain_suite}.${CMAKE_MATCH_1})
      set(pattern ${suite}.${CMAKE_MATCH_1}/*)
    else()
      set(name ${plain_suite}.${CMAKE_MATCH_1}.${CMAKE_MATCH_3})
      set(pattern ${suite}.${CMAKE_MATCH_1}/${CMAKE_MATCH_3})
    endif()
    list(APPEND names ${name})
    list(APPEND patterns_${name} ${pattern})
  endif()
endforeach()
list(REMOVE_DUPLICATES names)

# Skipped is an entry in which nothing ran and nothing failed.
set(all_skipped "PASSED  . 0 tests[.]\n(.  SKIPPED . [^\n]*\n)+$")
set(script "")
set(entry)
set(patterns)
list(LENGTH names left)
foreach(name IN LISTS names)
  math(EXPR left "${left} - 1")
  list(APPEND entry ${name})
  list(APPEND patterns ${patterns_${name}})
  list(LENGTH patterns count)
  if("${EACH}" STREQUAL "suite" AND count LESS few AND left GREATER 0)
    continue()
  endif()
  list(JOIN entry "+" entry)
  list(REMOVE_DUPLICATES patterns)
  list(JOIN patterns ":" filter)
  string(APPEND script "add_test([==[${NAME}.${entry}]==] [==[${PROGRAM}]==] [==[--gtest_filter=${filter}]==])\n"
    "set_tests_properties([==[${NAME}.${entry}]==] PROPERTIES SKIP_REGULAR_EXPRESSION [==[${all_skipped}]==] ${PROPERTIES})\n")
  set(entry)
  set(patterns)
endforeach()
file(WRITE ${FILE} "${script}")
