import { DetailLoading } from "@/components/admin/detail-loading";

export default function Loading() {
  return <DetailLoading />;
}
