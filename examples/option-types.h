/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_OPTION_TYPES_H
#define KEEPALIVE_OPTION_TYPES_H

#include "program-options.h"

#include "ns3/data-rate.h"
#include "ns3/ipv4-address.h"

#include <boost/program_options.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/// What an option that takes a time may say at most, in seconds.
constexpr double LONGEST_OPTION = 1e9;

/**
 * @brief An option that takes a number.
 * @param value its default
 * @param unit what --help calls the number
 * @return Boost's description
 */
boost::program_options::typed_value<double>* Number(double value, const char* unit);

/**
 * @brief An option that takes a word.
 * @param value its default
 * @param words what --help says of the words
 * @return Boost's description
 */
boost::program_options::typed_value<std::string>* Word(const char* value, const char* words);

/**
 * @brief An option that is on or off; off by default.
 * @return Boost's description
 */
boost::program_options::typed_value<bool>* Switch();

/**
 * @brief An option that takes a list, comma-separated or repeated; none by default.
 * @param members what --help says of the members
 * @return Boost's description
 */
boost::program_options::typed_value<std::vector<std::string>>* List(const char* members);

/**
 * @brief Read an option that takes a list.
 * @param options the program's options
 * @param name name of the option
 * @return its members
 */
std::vector<std::string> ReadList(const ProgramOptions& options, const std::string& name);

/**
 * @brief Read an option that takes a list of whole numbers of 32 bits.
 * @param options the program's options
 * @param name name of the option
 * @return its members
 * @throw UsageError naming option, member and range
 */
std::vector<uint32_t> ReadNumberList(const ProgramOptions& options, const std::string& name);

/**
 * @brief Read an option that takes a whole number.
 * @param options the program's options
 * @param name name of the option
 * @param minimum least value allowed
 * @param maximum largest value allowed
 * @return the number
 * @throw UsageError naming the option if it is out of range or not whole
 */
double ReadWhole(const ProgramOptions& options,
                 const std::string& name,
                 double minimum,
                 double maximum);

/**
 * @brief Read an option that takes one of several names.
 * @param options the program's options
 * @param name name of the option
 * @param names what it takes
 * @return one of them
 * @throw UsageError naming option, value and what it takes
 */
std::string ReadName(const ProgramOptions& options,
                     const std::string& name,
                     const std::vector<std::string>& names);

/**
 * @brief Read an option that is an IPv4 address.
 * @param options the program's options
 * @param name name of the option
 * @return the address
 * @throw UsageError naming option and value
 */
Ipv4Address ReadAddress(const ProgramOptions& options, const std::string& name);

/**
 * @brief Read an option that is a rate.
 * @param options the program's options
 * @param name name of the option
 * @param zero whether 0 is allowed
 * @return the rate
 * @throw UsageError naming option and value
 */
DataRate ReadRate(const ProgramOptions& options, const std::string& name, bool zero);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_OPTION_TYPES_H */
