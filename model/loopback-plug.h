/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_LOOPBACK_PLUG_H
#define KEEPALIVE_LOOPBACK_PLUG_H

#include "failure-target.h"

#include "ns3/ptr.h"

#include <string>

namespace ns3
{
namespace keepalive
{

class SerialNetDevice;

/**
 * @ingroup keepalive
 * @brief A loopback plug, or a carrier's test loop, in the place of a serial line's cable.
 *
 * The end that it is put on hears itself, and the other end hears nothing. Nobody is signalled.
 */
class LoopbackPlug : public FailureTarget
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    LoopbackPlug();
    ~LoopbackPlug() override;

    /**
     * @brief Say where the plug goes.
     * @param device one end of a serial line
     */
    void SetDevice(Ptr<SerialNetDevice> device);

    std::string GetKind() const override;

  private:
    void DoFail() override;
    void DoRepair() override;
    void DoDispose() override;

    Ptr<SerialNetDevice> m_device; //!< the end that hears itself
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_LOOPBACK_PLUG_H */
