/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_ETHERNET_OPTIONS_H
#define KEEPALIVE_ETHERNET_OPTIONS_H

#include "ethernet-lab.h"
#include "program-options.h"

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief The options that programs with a station on an Ethernet of this machine have in common.
 */
struct EthernetOptions
{
    std::string interface;   //!< the interface
    bool tap{false};         //!< it is a TAP
    EthernetLab::Config lab; //!< the station

    /**
     * @brief Add them.
     * @param options the program's options
     */
    static void Add(ProgramOptions& options);

    /**
     * @brief Read them.
     * @param options the program's options, parsed
     * @return what they say
     * @throw UsageError naming what is wrong
     */
    static EthernetOptions Read(const ProgramOptions& options);

    /**
     * @brief Read an option that is a neighbour's address.
     * @param options the program's options, parsed
     * @param name name of the option
     * @return the address
     * @throw UsageError if the station could reach it through a router only
     */
    Ipv4Address ReadNeighbor(const ProgramOptions& options, const std::string& name) const;

    /**
     * @brief Open the interface.
     * @return its descriptor, to be closed by the caller
     * @throw std::runtime_error if that cannot be
     */
    int Open() const;
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_ETHERNET_OPTIONS_H */
