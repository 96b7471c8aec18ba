# Writes OUT with the hash of the commit in SOURCE, and leaves the file alone when nothing changed: nothing is rebuilt then.
cmake_minimum_required(VERSION 3.22)
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --exclude=* --abbrev=12
                OUTPUT_VARIABLE hash OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(hash unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT "#define RHOAM_GIT_HASH \"@hash@\"\n" @ONLY)
