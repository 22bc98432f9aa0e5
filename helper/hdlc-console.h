/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_HDLC_CONSOLE_H
#define KEEPALIVE_HDLC_CONSOLE_H

#include "serial-console.h"

#include "ns3/hdlc-net-device.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What consoles show of serial interfaces with Cisco HDLC.
 *
 * `debug serial interface`, and what SerialConsole has. The address in "HD(0): Reset from 0x203758"
 * is that of an instruction in the router whose transcript this follows; it stands for itself.
 */
class HdlcConsole : public SerialConsole
{
  public:
    /**
     * @brief Create a console without interfaces.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit HdlcConsole(ConsoleTranscript& transcript);

    /**
     * @brief Print what the console of an interface's router shows.
     * @param device the interface
     * @param router name of the router
     */
    void Watch(Ptr<HdlcNetDevice> device, const std::string& router);

  private:
    std::vector<std::string> DescribeEncapsulation(Ptr<SerialNetDevice> device) const override;
    bool IsLooped(Ptr<SerialNetDevice> device) const override;
    uint64_t GetResets(Ptr<SerialNetDevice> device) const override;

    // trace sinks
    static void Tick(Interface* interface, const HdlcNetDevice::TickRecord& tick);
    static void Reset(Interface* interface, uint64_t resets);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_HDLC_CONSOLE_H */
